"""`python -m offhook.cli`: how one of our commands starts another, with the same Python."""

from offhook.cli.program import main

main()

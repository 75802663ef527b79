"""The command line: `offhook up | run | env | demo`. One file a command.

A command that cannot do its work raises `CommandError` with a sentence for the person; `program.main` prints it.
What is heavy (the whole server) is imported inside the command that needs it.
"""

from offhook.cli.program import main

__all__ = ["main"]

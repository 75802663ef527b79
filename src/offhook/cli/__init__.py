"""The command line: `offhook up | run | env | demo`. One file a command."""

from offhook.cli.main import main

__all__ = ["main"]

"""The flags that are settings: their help and defaults are read off `roles.settings`, where they are declared.

A flag that is not given is None, so that the environment and offhook.toml are asked next.
"""

from dataclasses import fields
from pathlib import Path
from typing import Annotated, Any

import typer

from offhook.roles.settings import Settings

_FIELDS = {item.name: item for item in fields(Settings)}


def flag(name: str, *spellings: str, metavar: str | None = None) -> Any:
    """The option for the setting `name`, spelled `--name` unless told otherwise."""
    item = _FIELDS[name]
    default = "" if item.default in (None, False) else f" [{item.default}]"
    return typer.Option(
        *(spellings or [f"--{name.replace('_', '-')}"]),
        help=item.metadata["meaning"] + default,
        metavar=metavar,
        show_default=False,
    )


Data = Annotated[Path | None, flag("data", metavar="DIR")]
Leash = Annotated[int | None, typer.Option("--leash", hidden=True, help="file descriptor; stop when it is closed")]

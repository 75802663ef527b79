"""Where the example programs are, and whether this Python can run them.

They live once, in `examples/` of the repository; the wheel carries that folder as `offhook/examples`.
"""

from importlib.util import find_spec
from pathlib import Path

from offhook.cli.failing import CommandError

PACKAGE = Path(__file__).parents[2]
PLACES = (PACKAGE / "examples", PACKAGE.parents[1] / "examples")
ECHO_BOT = "echo_bot/app.py"
SENDER = "first_text/send.py"


def find(name: str) -> Path:
    """The file of an example. Raises CommandError."""
    for place in PLACES:
        if (place / name).is_file():
            return place / name
    raise CommandError(f"the example {name} is missing from this installation: install Offhook again")


def check_libraries() -> None:
    """Raises CommandError when what the examples need is not installed beside Offhook."""
    missing = [name for name in ("flask", "twilio") if find_spec(name) is None]
    if missing:
        raise CommandError(
            f"the demo runs ordinary Twilio programs, and {' and '.join(missing)} "
            f"{'is' if len(missing) == 1 else 'are'} not installed beside Offhook. "
            f"Install {'it' if len(missing) == 1 else 'them'} there: pip install {' '.join(missing)}"
        )

"""Programs of others that speak and understand, and whether they are here. Looking costs nothing heavy."""

import importlib.util
import shlex
import shutil
import subprocess

from offhook.media.errors import EngineMissingError

ESPEAK = "espeak-ng"
POCKETSPHINX = "pocketsphinx"
INSTALL_ESPEAK = "sudo apt-get install espeak-ng (macOS: brew install espeak-ng)"
INSTALL_POCKETSPHINX = "pip install 'offhook[pocketsphinx]'"


def speech_engine(program: str = ESPEAK) -> tuple[str, str]:
    """Where espeak-ng is, and what it says of itself. Raises EngineMissingError."""
    found = shutil.which(program)
    if found is None:
        raise EngineMissingError(f"espeak-ng is not installed, so words cannot be spoken: {INSTALL_ESPEAK}")
    asked = subprocess.run([found, "--version"], capture_output=True, text=True, timeout=10, check=False)  # noqa: S603
    return found, (asked.stdout.splitlines() or [ESPEAK])[0].partition("  ")[0].strip()


def recognizer_command(setting: str) -> list[str]:
    """The program and arguments of the setting `speech_recognizer`, none for pocketsphinx.

    Raises EngineMissingError if it is not installed, or makes no sense as a command.
    """
    if setting == POCKETSPHINX:
        if importlib.util.find_spec(POCKETSPHINX) is None:
            raise EngineMissingError(f"pocketsphinx is not installed: {INSTALL_POCKETSPHINX}")
        return []
    try:
        command = shlex.split(setting)
    except ValueError as problem:
        raise EngineMissingError(f"speech_recognizer: {setting!r} is no command: {problem}") from problem
    if not command or shutil.which(command[0]) is None:
        raise EngineMissingError(f"speech_recognizer: there is no program {setting!r}")
    return command

"""Runs when a Python program starts under `offhook run`, before the program's first line.

It arranges that connections to Twilio reach Offhook, and then steps aside: this folder leaves `sys.path`, and the
`sitecustomize` that Python would have found without us is imported in our place, under its own name. If there is
none, or it fails, Python sees exactly the error it would have seen. Nothing here may stop a program that never
talks to Twilio; Python 2 programs are left alone.
"""

import os
import sys

if sys.version_info >= (3, 6) and os.environ.get("OFFHOOK_REDIRECT_PORT"):
    import offhook_arrival  # type: ignore[import-not-found]

    offhook_arrival.prepare(int(os.environ["OFFHOOK_REDIRECT_PORT"]), os.environ.get("OFFHOOK_CA"))

_here = os.path.realpath(os.path.dirname(os.path.abspath(__file__)))
sys.path[:] = [_folder for _folder in sys.path if os.path.realpath(_folder or os.curdir) != _here]
sys.modules.pop("sitecustomize", None)

import sitecustomize  # type: ignore[import-not-found]  # noqa: E402, F401  `site` expects that there may be none

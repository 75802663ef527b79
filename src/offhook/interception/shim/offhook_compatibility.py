"""Lets twilio 5.x be imported by a Python that is younger than it.

Its one file of imports says `from cgi import parse_qs`, which moved to `urllib.parse` long ago; Python 3.8 dropped the
old name and 3.13 the module. Both are supplied when that file is about to run, and only then: a `cgi` that appears
from nowhere would mislead programs that look whether they have one.
"""

# mypy: allow-untyped-defs, allow-untyped-calls
# Python 3.6 reads this file, and importing `typing` there costs more than all of it.

import sys


def supply_parse_qs():
    """Gives `cgi`, made if need be, the two functions that it once had."""
    import urllib.parse

    cgi = _cgi()
    for name in ("parse_qs", "parse_qsl"):
        if not hasattr(cgi, name):
            setattr(cgi, name, getattr(urllib.parse, name))


def _cgi():
    import types
    import warnings

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import cgi
    except ImportError:
        cgi = sys.modules["cgi"] = types.ModuleType("cgi", "What twilio 5.x needs of a module that Python removed.")
    return cgi


NEEDS = {"twilio.rest.resources.imports": supply_parse_qs}

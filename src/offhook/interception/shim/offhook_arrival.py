"""Changes a few modules at the moment the program imports them, so that a start costs next to nothing.

Importing `socket` and `ssl` only to change them would slow every start of Python by as much as Python's own start.
So a finder stands first on `sys.meta_path`; it finds nothing itself, but when the program asks for one of the modules
in `changes`, it lets the others find it and runs our change after the module's own code. Modules that are already
there are changed at once, and a module that is loaded again (gevent and eventlet make copies) is changed again.
"""

# mypy: allow-untyped-defs, allow-untyped-calls
# Python 3.6 reads this file, and importing `typing` there costs more than all of it.

import sys


class Watch:
    """A meta path finder. `needs[name]()` runs before the module `name`, `changes[name](module)` after it."""

    def __init__(self, needs, changes):
        self.needs = needs
        self.changes = changes

    def find_spec(self, name, path=None, target=None):
        if name in self.needs:
            self.needs[name]()
        if name not in self.changes:
            return None
        for finder in sys.meta_path:
            find = getattr(finder, "find_spec", None)
            spec = find(name, path, target) if find and finder is not self else None
            if spec is not None:
                if hasattr(spec.loader, "exec_module"):
                    spec.loader = ChangingLoader(spec, self.changes[name])
                return spec
        return None


class ChangingLoader:
    """A module's own loader, and one change after it. The module keeps no trace of it."""

    def __init__(self, spec, change):
        self.spec = spec
        self.own = spec.loader
        self.change = change

    def create_module(self, spec):
        return self.own.create_module(spec)

    def exec_module(self, module):
        self.spec.loader = module.__loader__ = self.own
        self.own.exec_module(module)
        self.change(module)

    def __getattr__(self, name):
        return getattr(self.own, name)


def prepare(port, ca):
    """Redirects Twilio's names to 127.0.0.1:`port` and trusts the CA in the file `ca` (a path or None)."""
    import offhook_compatibility as compatibility  # type: ignore[import-not-found]
    import offhook_redirect as redirect  # type: ignore[import-not-found]
    import offhook_trust as trust  # type: ignore[import-not-found]

    changes = redirect.changes(port)
    changes["ssl"] = trust.adding(ca)
    for name, change in changes.items():
        if name in sys.modules:
            change(sys.modules[name])
    sys.meta_path.insert(0, Watch(compatibility.NEEDS, changes))

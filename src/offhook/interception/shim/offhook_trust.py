"""Makes every TLS client of the program trust the local CA, beside whatever it trusts already.

Clients load their roots in three ways: a file of their own (requests, httplib2), the defaults, or OpenSSL's own paths.
After each of them our CA is loaded too. Servers are left alone: what a server loads there is whom it lets in.
"""

# mypy: allow-untyped-defs, allow-untyped-calls
# Python 3.6 reads this file, and importing `typing` there costs more than all of it.

import os
import sys


def adding(path):
    """The change to the module `ssl`: contexts trust the CA in the file `path`. None: no change."""
    pem = _read(path)

    def change(module):
        if not pem:
            return
        real_load = module.SSLContext.load_verify_locations

        def trusting(name):
            real = getattr(module.SSLContext, name)

            def call(self, *rest, **named):
                result = real(self, *rest, **named)
                if self.protocol != module.PROTOCOL_TLS_SERVER:
                    real_load(self, cadata=pem)
                return result

            call.__name__ = name
            return call

        for name in ("load_verify_locations", "load_default_certs", "set_default_verify_paths"):
            setattr(module.SSLContext, name, trusting(name))

    return change


def _read(path):
    if not path or not os.path.exists(path):
        sys.stderr.write(f"offhook: no CA at {path!r}, Twilio's names will not be trusted\n")
        return None
    with open(path, encoding="ascii") as file:
        return file.read()

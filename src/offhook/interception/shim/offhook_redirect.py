"""Sends connections for Twilio's names, port 443, to a port of this machine.

Names become addresses in one C function, `_socket.getaddrinfo`, whoever asks: `socket`, asyncio's threads, gevent. So
that is where the answer changes, address and port together. Three callers go around it and are met where they are:
`socket.connect(("api.twilio.com", 443))`, which resolves in C by itself (httplib2 does this, and gevent has a class of
its own), uvloop, which asks libuv, and aiohttp's resolver over aiodns, which asks c-ares.
The TLS handshake still names the real host, so certificates are checked as always.
"""

# mypy: allow-untyped-defs, allow-untyped-calls
# Python 3.6 reads this file, and importing `typing` there costs more than all of it.

HTTPS = (443, "443", b"443", "https", b"https")


def is_twilio(host):
    """Whether a host (str, bytes or anything a program passes) is one of Twilio's names."""
    if isinstance(host, (bytes, bytearray)):
        host = bytes(host).decode("ascii", "replace")
    if not isinstance(host, str):
        return False
    name = host.rstrip(".").lower()
    return name == "twimlets.com" or name.endswith((".twilio.com", ".twimlets.com"))


def changes(tls_port):
    """What to do to which module after its import, for a listener on 127.0.0.1:`tls_port`."""
    return {
        "_socket": lambda module: _resolving(module, tls_port),
        "socket": lambda module: _connecting(module.socket, tls_port),
        "gevent._socket3": lambda module: _connecting(module.socket, tls_port),
        "uvloop": lambda module: _looping(module, tls_port),
        "aiohttp.resolver": lambda module: _asking(module, tls_port),
    }


def _resolving(module, tls_port):
    real = module.getaddrinfo
    if getattr(real, "offhook", False):
        return

    def getaddrinfo(host, port, family=0, *rest, **named):
        if port in HTTPS and is_twilio(host):
            host = "::ffff:127.0.0.1" if family == module.AF_INET6 else "127.0.0.1"
            port = tls_port
        return real(host, port, family, *rest, **named)

    getaddrinfo.offhook = True  # type: ignore[attr-defined]
    module.getaddrinfo = getaddrinfo


def _connecting(kind, tls_port):
    import _socket

    _resolving(_socket, tls_port)  # a built-in module is found before any finder is asked

    def redirected(name):
        real = getattr(kind, name)

        def call(self, address):
            if isinstance(address, tuple) and address[1:2] == (443,) and is_twilio(address[0]):
                mapped = "::ffff:127.0.0.1" if self.family == _socket.AF_INET6 else "127.0.0.1"
                address = (mapped, tls_port, *address[2:])
            return real(self, address)

        call.__name__ = name
        return call

    kind.connect = redirected("connect")
    kind.connect_ex = redirected("connect_ex")


def _looping(module, tls_port):
    loop = module.Loop
    resolve, connect = loop.getaddrinfo, loop.create_connection

    async def getaddrinfo(self, host, port, **named):
        if port in HTTPS and is_twilio(host):
            host, port = "127.0.0.1", tls_port
        return await resolve(self, host, port, **named)

    async def create_connection(self, factory, host=None, port=None, **named):
        if port in HTTPS and is_twilio(host):
            if named.get("ssl") and not named.get("server_hostname"):
                named["server_hostname"] = host
            host, port = "127.0.0.1", tls_port
        return await connect(self, factory, host, port, **named)

    loop.getaddrinfo, loop.create_connection = getaddrinfo, create_connection


def _asking(module, tls_port):
    import socket

    resolver = module.AsyncResolver
    real = resolver.resolve

    async def resolve(self, host, port=0, *rest, **named):
        if port not in HTTPS or not is_twilio(host):
            return await real(self, host, port, *rest, **named)
        return [
            {
                "hostname": host,
                "host": "127.0.0.1",
                "port": tls_port,
                "family": socket.AF_INET,
                "proto": 0,
                "flags": socket.AI_NUMERICHOST,
            }
        ]

    resolver.resolve = resolve

"""Which names are Twilio's, and so are answered here instead of by the internet.

Everything below `twilio.com` (any depth: `api.dublin.ie1.twilio.com` is a region's host) and `twimlets.com`. The
dot matters: `eviltwilio.com` belongs to somebody else. The start-up shims repeat this rule in their own language,
because they run inside programs that cannot import us.
"""

DOMAINS = ("twilio.com", "twimlets.com")


def normal(host: str) -> str:
    """A host as names are compared: lower case, no trailing dot, no brackets around an IPv6 address."""
    return host.strip().rstrip(".").lower().removeprefix("[").removesuffix("]")


def is_within(host: str, domain: str) -> bool:
    """Whether `host` is `domain` or one of its subdomains."""
    return host == domain or host.endswith("." + domain)


def is_twilio(host: str) -> bool:
    """Whether a program that dials `host` wants Twilio. The bare `twilio.com` is their web site, not an API."""
    name = normal(host)
    return name != "twilio.com" and any(is_within(name, domain) for domain in DOMAINS)

"""How every page for people looks, and what it may do: nothing is loaded from anywhere, no script runs."""

import base64
import hashlib
from html import escape

STYLE = """
:root{color-scheme:light dark;--ink:#1c2024;--soft:#5c6670;--paper:#fff;--box:#f3f4f6;--line:#e3e6ea;--link:#1a5fd0;
--bad:#b3261e}
@media(prefers-color-scheme:dark){
:root{--ink:#e6e8eb;--soft:#9aa4af;--paper:#111418;--box:#1c2127;--line:#2b323a;--link:#7ab0ff;--bad:#ff8a80}}
body{font:16px/1.6 system-ui,sans-serif;max-width:46rem;margin:0 auto;padding:1.5rem 1.25rem 4rem}
body{color:var(--ink);background:var(--paper)}
nav{display:flex;gap:1.25rem;padding-bottom:.8rem;margin-bottom:2rem;border-bottom:1px solid var(--line)}
nav b{margin-right:auto}nav b a{color:inherit}nav a{text-decoration:none}
h1{font-size:1.7rem;line-height:1.25;margin:0 0 .6rem}h2{font-size:1.15rem;margin:2rem 0 .5rem}
a{color:var(--link)}li{margin:.25rem 0}
pre,code{font:14px/1.5 ui-monospace,monospace}code,a{overflow-wrap:anywhere}
code{background:var(--box);padding:.1em .35em;border-radius:.3rem}
pre{background:var(--box);padding:.9rem 1.1rem;border-radius:.5rem;color:var(--ink)}
pre{white-space:pre-wrap;overflow-wrap:anywhere}pre code,td code{padding:0;background:none}
table{border-collapse:collapse;width:100%}td,th{padding:.35rem .8rem .35rem 0;vertical-align:top;text-align:left}
td{border-top:1px solid var(--line)}th{color:var(--soft);font-weight:500}
details{border-top:1px solid var(--line)}details:last-of-type{border-bottom:1px solid var(--line)}
summary{cursor:pointer;padding:.55rem 0}small{color:var(--soft)}
details ul{list-style:none;margin:0;padding:0 0 .6rem}details li{margin:0 0 .6rem}
details li code{padding:0;background:none}
form{display:flex;flex-wrap:wrap;gap:.6rem;align-items:end}label{display:grid;gap:.3rem}
input,button{font:inherit;padding:.45rem .7rem;border-radius:.4rem;border:1px solid var(--line)}
input{color:var(--ink);background:var(--box)}button{color:#fff;background:#1a5fd0;border-color:#1a5fd0;cursor:pointer}
:focus-visible{outline:2px solid var(--link);outline-offset:2px}[role=alert]{color:var(--bad)}
h1+p,footer{color:var(--soft)}footer{margin-top:3rem;padding-top:.8rem;border-top:1px solid var(--line)}
"""
_STYLE_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
SAFE = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}


def _policy(form_action: str) -> str:
    return (
        f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; img-src data:; "
        f"base-uri 'none'; form-action {form_action}; frame-ancestors 'none'"
    )


HEADERS = {"Content-Security-Policy": _policy("'none'"), **SAFE}
# With a form, which tells us where it was filled in: to nobody else is anything told.
FORM_HEADERS = {**HEADERS, "Content-Security-Policy": _policy("'self'"), "Referrer-Policy": "same-origin"}


def page(title: str, content: str, root: str = "") -> str:
    """A whole page. `title` is plain text, `content` is HTML, `root` what links to other pages begin with."""
    root = escape(root)
    return f"""<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><link rel="icon" href="data:,">
<title>{escape(title)}</title><style>{STYLE}</style>
<nav><b><a href="{root}/">Offhook</a></b><a href="{root}/errors">Errors</a><a href="{root}/openapi.json">API</a></nav>
{content}</html>"""

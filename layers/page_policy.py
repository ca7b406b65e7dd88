"""The content security policy of a page: what it may run and where it may ask."""

import base64
import hashlib
import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from layers.errors import OnlineAssetError

__all__ = ["content_security_policy", "host_of", "script_hash"]

#: Whole labels may vary, but never all of them: that would open the page to everybody.
_HOST = re.compile(r"(?:\*\.)*[A-Za-z0-9.-]+(?::[0-9]{1,5})?")


def script_hash(code: str) -> str:
    """Hash by which a policy allows one inline script.

    Parameters
    ----------
    code
        Everything between `<script>` and `</script>`.

    Examples
    --------
    >>> script_hash("")
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    """
    digest = hashlib.sha256(code.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def host_of(url: str) -> str:
    """Source of a policy that covers an address; a pattern such as `{s}` becomes a wildcard.

    Raises
    ------
    OnlineAssetError
        The address names no plain host, so that its text could say more in the policy than a host.

    Examples
    --------
    >>> host_of("https://{s}.tile.example.org/{z}/{x}/{y}.png")
    'https://*.tile.example.org'
    """
    try:
        scheme, netloc, *_ = urlsplit(url, scheme="https")
    except ValueError:
        scheme, netloc = "", ""
    host = ".".join("*" if "{" in label else label for label in netloc.split("."))
    if scheme not in ("http", "https") or _HOST.fullmatch(host) is None:
        raise OnlineAssetError(
            f"The map would ask {url!r}, which names no plain host; expected an address such as "
            "https://tile.example.org/a.png. Correct it, or leave the element out.",
            urls=[url],
        )
    return f"{scheme}://{host}"


def content_security_policy(scripts: Iterable[str], *, hosts: Iterable[str] = ()) -> str:
    """Policy of a page: only the scripts that stand in it run, and nothing is asked for.

    Parameters
    ----------
    scripts
        The inline scripts, in order.
    hosts
        Sources such as `https://tile.example.org` that the user has opened.

    Examples
    --------
    >>> content_security_policy([]).split("; ")[0]
    "default-src 'none'"
    """
    opened = sorted(set(hosts))
    hashes = list(dict.fromkeys(script_hash(code) for code in scripts))
    sources = {
        "default-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
        "script-src": [*hashes, *opened] or ["'none'"],
        "style-src": ["'unsafe-inline'", *opened],
        "img-src": ["data:", "blob:", *opened],
        "font-src": ["data:", *opened],
    }
    if opened:
        sources["connect-src"] = opened
    return "; ".join(f"{name} {' '.join(values)}" for name, values in sources.items())

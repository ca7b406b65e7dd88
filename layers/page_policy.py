"""The content security policy of a page: what it may run and where it may ask."""

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote, urlsplit

from layers.errors import OnlineAssetError

__all__ = ["content_security_policy", "file_of", "host_of", "script_hash"]

#: Whole labels may vary, but never all of them: that would open the page to everybody.
_NOTHING = "'none'"
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


def file_of(url: str) -> str:
    """Source of a policy that covers one file, not all that its host has.

    Examples
    --------
    >>> file_of("//cdn.example.org/npm/plugin@1.2.0/plugin.js?min")
    'https://cdn.example.org/npm/plugin@1.2.0/plugin.js'
    """
    return host_of(url) + quote(urlsplit(url).path, safe="/@~+%:")


def content_security_policy(
    scripts: Iterable[str], *, opened: Mapping[str, Iterable[str]] | None = None
) -> str:
    """Policy of a page: only the scripts that stand in it run, and nothing is asked for.

    Parameters
    ----------
    scripts
        The inline scripts, in order.
    opened
        Sources such as `https://tile.example.org` that the user has opened, by directive.

    Examples
    --------
    >>> policy = content_security_policy([], opened={"img-src": ["https://tile.example.org"]})
    >>> policy.split("; ")[5]
    'img-src data: blob: https://tile.example.org'
    """
    sources = {
        "default-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
        "script-src": list(dict.fromkeys(script_hash(code) for code in scripts)),
        "style-src": ["'unsafe-inline'"],
        "img-src": ["data:", "blob:"],
        "font-src": ["data:"],
    }
    for directive, more in sorted((opened or {}).items()):
        sources[directive] = [*sources.get(directive, []), *sorted(set(more))]
    return "; ".join(f"{name} {' '.join(values or [_NOTHING])}" for name, values in sources.items())

"""The little that Python must know of how a page looks; all else is the viewer's."""

__all__ = ["MAX_ZOOM", "direction"]

#: Finest zoom: about 0.3 m per pixel, finer than any uncertainty that is worth a look.
MAX_ZOOM = 19

_RIGHT_TO_LEFT = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "he", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"}
)


def direction(language: str) -> str:
    """Reading direction of a language, as the `dir` attribute of HTML says it.

    Parameters
    ----------
    language
        BCP 47 tag.

    Examples
    --------
    >>> direction("ar-JO"), direction("en")
    ('rtl', 'ltr')
    """
    return "rtl" if language.lower().split("-")[0] in _RIGHT_TO_LEFT else "ltr"

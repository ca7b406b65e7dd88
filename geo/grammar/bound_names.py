"""Names that hold words of the grammar: Ivory Coast, Western Sahara, Bosnia and Herzegovina.

Signs that do not break lines bind their words, so that no rule takes them apart.
"""

import re

__all__ = ["bound", "unbound"]

_NAMES = (
    "Antigua and Barbuda", "Bosnia and Herzegovina", "Bosnia-Herzegovina",
    "Central African Republic", "Democratic Republic of Congo",
    "Democratic Republic of the Congo", "East Timor", "Federated States of Micronesia",
    "French Southern and Antarctic Lands", "Gold Coast",
    "Guinea-Bissau", "Guinea Bissau", "Heard Island and McDonald Islands", "Isle of Man",
    "Ivory Coast", "North Korea", "North Macedonia", "Northern Cyprus", "Northern Ireland",
    "Northern Mariana Islands", "Northern Territory", "People's Republic of China",
    "Republic of Congo", "Republic of Ireland", "Republic of Korea", "Republic of Moldova",
    "Republic of South Sudan", "Republic of the Congo", "Saint Kitts and Nevis",
    "Saint Pierre and Miquelon", "Saint Vincent and the Grenadines", "Sao Tome and Principe",
    "South Africa", "South Georgia and the South Sandwich Islands", "South Georgia and the Islands",
    "South Korea", "South Sudan", "St Kitts and Nevis", "St. Kitts and Nevis",
    "St Vincent and the Grenadines", "St. Vincent and the Grenadines", "State of Palestine",
    "Svalbard and Jan Mayen", "São Tomé and Príncipe", "Timor-Leste", "Trinidad and Tobago",
    "Turks and Caicos Islands", "Turks and Caicos", "United Republic of Tanzania",
    "United States of America", "United States", "Wallis and Futuna", "West Bank",
    "Western Sahara",
)  # fmt: skip
_BOUND = re.compile(
    rf"\b(?:{'|'.join(map(re.escape, sorted(_NAMES, key=len, reverse=True)))})\b", re.IGNORECASE
)
# Most texts hold none of the names.
_TELLTALE = re.compile(
    r"\b(?:and|central african|coast|north|northern|western|south|east|west|states?|republic|isle"
    r"|guinea|timor|herzegovina)\b",
    re.IGNORECASE,
)
_BIND = str.maketrans({" ": "\u00a0", "-": "\u2011", "'": "\u02bc"})
_UNBIND = str.maketrans({"\u00a0": " ", "\u2011": "-", "\u02bc": "'"})


def bound(text: str) -> str:
    r"""Text in which the words of such names hang together.

    Examples
    --------
    >>> bound("off the Ivory Coast").split(" ")
    ['off', 'the', 'Ivory\xa0Coast']
    """
    if _TELLTALE.search(text) is None:
        return text
    return _BOUND.sub(lambda found: found[0].translate(_BIND), text)


def unbound(text: str) -> str:
    """Text with plain spaces, hyphens and apostrophes again."""
    return text if text.isascii() else text.translate(_UNBIND)

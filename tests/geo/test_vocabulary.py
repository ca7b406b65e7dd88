"""The palette keeps its promises: contrast on every ground, hues that stay apart for all eyes."""

import itertools

import numpy as np
import pandas as pd
import pytest

import geo
from geo.geodesy import Floats
from geo.vocabulary import find_kind, is_kind_word, kinds, slots

GROUNDS = {
    "light": ["#FBF9F5", "#EFECE5", "#DEE7EB", "#FFFFFF"],
    "dark": ["#232A33", "#1A2027", "#0F141A", "#171B21"],
}
# Machado, Oliveira and Fernandes 2009, severity 1.0 (doi:10.1109/TVCG.2009.113).
VISIONS = {
    "normal": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}


def linear(colour: str) -> Floats:
    srgb = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """Contrast ratio of WCAG 2.2."""
    light, dark = sorted(
        (float(linear(colour) @ [0.2126, 0.7152, 0.0722]) for colour in (one, other)), reverse=True
    )
    return (light + 0.05) / (dark + 0.05)


def lab(rgb: Floats) -> Floats:
    xyz = np.array(
        [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.072175],
         [0.0193339, 0.119192, 0.9503041]]
    ) @ np.clip(rgb, 0, 1) / [0.95047, 1.0, 1.08883]  # fmt: skip
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def ciede2000(one: Floats, other: Floats) -> float:
    """Colour difference after Sharma, Wu and Dalal 2005 (doi:10.1002/col.20070)."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    mean_c = (np.hypot(a1, b1) + np.hypot(a2, b2)) / 2
    g = 0.5 * (1 - np.sqrt(mean_c**7 / (mean_c**7 + 25**7)))
    a1, a2 = a1 * (1 + g), a2 * (1 + g)
    c1, c2 = np.hypot(a1, b1), np.hypot(a2, b2)
    h1, h2 = np.degrees(np.arctan2(b1, a1)) % 360, np.degrees(np.arctan2(b2, a2)) % 360
    dh = (h2 - h1 + 180) % 360 - 180
    dl, dc = l2 - l1, c2 - c1
    dhh = 2 * np.sqrt(c1 * c2) * np.sin(np.radians(dh / 2))
    lm, cm = (l1 + l2) / 2, (c1 + c2) / 2
    hm = (h1 + h2) / 2 if abs(h1 - h2) <= 180 else ((h1 + h2 + 360) / 2) % 360
    t = (
        1
        - 0.17 * np.cos(np.radians(hm - 30))
        + 0.24 * np.cos(np.radians(2 * hm))
        + 0.32 * np.cos(np.radians(3 * hm + 6))
        - 0.20 * np.cos(np.radians(4 * hm - 63))
    )
    sl = 1 + 0.015 * (lm - 50) ** 2 / np.sqrt(20 + (lm - 50) ** 2)
    sc, sh = 1 + 0.045 * cm, 1 + 0.015 * cm * t
    rt = (
        -2
        * np.sqrt(cm**7 / (cm**7 + 25**7))
        * np.sin(np.radians(60 * np.exp(-(((hm - 275) / 25) ** 2))))
    )
    return float(
        np.sqrt((dl / sl) ** 2 + (dc / sc) ** 2 + (dhh / sh) ** 2 + rt * (dc / sc) * (dhh / sh))
    )


def test_the_colour_difference_is_the_published_one() -> None:
    # A pair of the test data of Sharma, Wu and Dalal.
    one, other = np.array([50.0, 2.6772, -79.7751]), np.array([50.0, 0.0, -82.7485])

    assert ciede2000(one, other) == pytest.approx(2.0425, abs=1e-4)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_hue_stands_out_on_every_ground(theme: str) -> None:
    for slot in slots().values():
        colour = getattr(slot, theme)
        assert min(contrast(colour, ground) for ground in GROUNDS[theme]) >= 3.0, (slot, theme)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("vision", VISIONS)
def test_hues_stay_apart_for_all_eyes(theme: str, vision: str) -> None:
    matrix = np.array(VISIONS[vision])
    seen = {n: lab(matrix @ linear(getattr(slot, theme))) for n, slot in slots().items()}

    for one, other in itertools.combinations(seen, 2):
        assert ciede2000(seen[one], seen[other]) >= 9.0, (one, other)


def test_every_kind_has_a_slot_and_words_of_its_own() -> None:
    assert {kind.slot for kind in kinds().values()} == set(slots())
    for kind in kinds().values():
        for word in (kind.code, kind.label, *kind.words):
            assert find_kind(word) == kind.code


def test_unknown_words_are_other() -> None:
    assert find_kind("") == "other"
    assert find_kind("<b>bold</b>") == "other"


def test_words_of_other_languages_and_compounds_mean_kinds() -> None:
    said = {
        "explosion": ["bomb", "Drone attack", "explosión", "взрыв", "patlama", "انفجار", "قصف"],
        "protest": ["manifestation", "протест", "احتجاج", "Kundgebung"],
        "accident": ["traffic accident", "Verkehrsunfall", "ДТП", "حادث سير"],
        "flood": ["سیل", "inondation", "повінь"],
        "other": ["autres", "سایر"],
    }
    for kind, words in said.items():
        assert {find_kind(word) for word in words} == {kind}
        assert all(map(is_kind_word, words))
    assert not is_kind_word("gala dinner")


def test_a_word_that_means_no_kind_is_told() -> None:
    table = pd.DataFrame({"Typ": ["Brand", "gala dinner", "other", None], "place": ["Amman"] * 4})

    read = geo.read_incidents(table)

    assert read["kind"].tolist() == ["fire", "other", "other", "other"]
    told = read["reason"].fillna("").tolist()
    assert told == ["", "Typ “gala dinner” is not understood, taken as other", "", ""]

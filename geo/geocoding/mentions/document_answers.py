"""What a name of a document was taken for, and why."""

from geo.geocoding.mentions.documents import DocumentName
from geo.geocoding.names.candidates import Candidate, same_place
from geo.geocoding.names.resolve import Resolution
from geo.geocoding.uncertainty import mixed_radius_m
from geo.geocoding.wording import gazetteer_name, quoted
from geo.grammar.names import normalise_name

__all__ = ["document_resolution"]

_KEPT_CANDIDATES = 5


def document_resolution(name: DocumentName) -> Resolution:
    """The likeliest place of a name; unlocated where nobody knows the name."""
    order = sorted(
        zip(name.weights, name.shares, name.meanings.places, strict=True),
        key=lambda one: (-one[0], one[2].place_id),
    )
    if not order:
        reason = f"No place named {quoted(name.told.name)} is known"
        return Resolution(None, "unlocated", "none", reason)
    best = order[0][2]
    return Resolution(
        best,
        "located",
        "name",
        _reason(name),
        sum(share for _, share, place in order if same_place(place, best)),
        tuple(Candidate(place, weight) for weight, _, place in order[:_KEPT_CANDIDATES]),
        mixed_radius_m([(place, share) for _, share, place in order]),
    )


def _reason(name: DocumentName) -> str:
    best = name.shares.index(max(name.shares))
    place, features = name.meanings.places[best], name.features[best]
    reason = f"{gazetteer_name(place)} knows {quoted(name.told.name)}"
    if normalise_name(name.told.name) != normalise_name(place.name):
        reason += f" as {place.name}"
    if "demonym" in features:
        return f"{quoted(name.told.name)} is said of {place.name}"
    if len(name.shares) == 1:
        return reason
    among = f"1 of {len(name.shares)} places of this name"
    if features.keys() & {"qualified", "loosely_qualified", "beside_place"}:
        return f"{reason}, {among}: {quoted(name.told.qualifier)} stands beside it"
    if name.own[best] < max(name.own):
        return f"{reason}, {among}: the other places of the text are closer to it"
    return f"{reason}, the most prominent of {len(name.shares)} places of this name"

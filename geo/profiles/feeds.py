"""XML files of strangers as raw tables: feeds with places, and alerts."""

from geo.profiles.cap_alerts import alert_table
from geo.profiles.feed_items import item_table
from geo.profiles.xml_nodes import parse_xml
from geo.tables.raw import RawTable

__all__ = ["read_feed"]


def read_feed(content: bytes, origin: str) -> RawTable | None:
    """Raw table of a feed (RSS, Atom) or of alerts (CAP); None where the XML is neither.

    Parameters
    ----------
    content
        The whole file.
    origin
        What messages call it.

    Raises
    ------
    ReadError
        It is no XML, is nested absurdly deep, or has a document type.

    Examples
    --------
    >>> read_feed(b"<rss><channel><item><title>Flood</title></item></channel></rss>", "a").kind
    'georss'
    """
    root = parse_xml(content, origin)
    alerts = [node for node in root.walk() if node.name == "alert" and node.all_of("identifier")]
    if alerts:
        return alert_table(alerts, origin)
    items = [
        node
        for node in root.walk()
        if (node.name == "item" and root.name in {"rss", "RDF"})
        or (node.name == "entry" and root.name == "feed")
    ]
    return item_table(items, origin) if items or root.name in {"rss", "feed", "RDF"} else None

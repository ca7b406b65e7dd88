"""Files of articles of all kinds, and those that cannot be read."""

import datetime as dt
import json
from pathlib import Path

import pypdf
import pytest

import geo
from geo.articles.reading import ReadingSummary, stream_articles
from geo.errors import ReadError

PAGE = """<html><head><title>Quake hits Lima</title>
<meta property="og:site_name" content="The Paper"><meta name="author" content="Ana Li">
<link rel="canonical" href="https://paper.example/quake">
<meta property="article:published_time" content="2024-01-30T10:00:00Z"></head>
<body><nav>Home</nav><article><h1>Quake hits Lima</h1>
<p>LIMA, Jan 30 - An earthquake struck Lima on Monday, killing three people and injuring 20,
officials said in the capital of Peru after the tremor that was felt in many towns.</p>
<p>Rescuers were still digging on Tuesday through the rubble of homes in the old quarter.</p>
</article><script>alert(1)</script></body></html>"""
RSS = """<rss version="2.0"><channel><title>Feed</title><link>https://feed.example/</link>
<item><title>Blast</title><link>/x</link><pubDate>Tue, 30 Jan 2024 10:00:00 GMT</pubDate>
<description>&lt;p&gt;A bomb killed two people in Amman on Monday.&lt;/p&gt;</description></item>
<item><title>Fire</title><link>javascript:alert(1)</link>
<description>Fire in Accra.</description></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Atoms</title>
<entry><title>Flood</title>
<link rel="alternate" href="a/b"/><updated>2024-01-30T23:30:00+02:00</updated>
<author><name>Ana Li</name></author>
<content type="html">A flood hit Dhaka.</content></entry></feed>"""
XHTML = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Atoms</title><entry>
<title>Flood</title><updated>2024-01-30</updated><content type="xhtml">
<div xmlns="http://www.w3.org/1999/xhtml"><p>A flood hit Dhaka.</p><p>Nine died.</p></div>
</content></entry></feed>"""
REPLY = (
    b"From: ana@example.org\nSubject: Fire\nDate: Tue, 30 Jan 2024 10:00:00 +0000\n"
    b"Content-Type: text/plain; charset=utf-8\n\nSee below.\n> > A fire in Accra.\n"
)
JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Feed",
    "items": [{"content_html": "<p>A fire in <b>Cairo</b>.</p>", "date_published": "2024-01-30"}],
}
MAIL = (
    b"From: ana@example.org\nSubject: Flood in Dhaka\nDate: Tue, 30 Jan 2024 10:00:00 +0000\n"
    b"Content-Type: text/plain; charset=utf-8\n\nA flood in Dhaka on Monday killed nine people.\n"
)


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_a_page_gives_its_article(tmp_path: Path) -> None:
    article = geo.read_articles(written(tmp_path, "page.html", PAGE)).iloc[0]

    assert (article["title"], article["author"]) == ("Quake hits Lima", "Ana Li")
    assert (article["publisher"], article["url"]) == ("The Paper", "https://paper.example/quake")
    assert article["published"].date() == dt.date(2024, 1, 30)
    assert "alert" not in article["text"]
    incident = geo.extract_incidents(geo.read_articles(tmp_path)).iloc[0]
    assert (incident["kind"], incident["place"], incident["fatalities_best"]) == (
        "earthquake",
        "Lima",
        3,
    )


@pytest.mark.parametrize(
    ("name", "content", "text", "day", "url"),
    [
        ("a.rss", RSS, "Blast\n\nA bomb killed two people in Amman on Monday.", "2024-01-30",
         "https://feed.example/x"),
        ("a.atom", ATOM, "Flood\n\nA flood hit Dhaka.", "2024-01-30", ""),
        ("a.json", json.dumps(JSON_FEED), "A fire in Cairo.", "2024-01-30", ""),
        ("a.eml", MAIL, "Flood in Dhaka\n\nA flood in Dhaka on Monday killed nine people.",
         "2024-01-30", ""),
        ("b.atom", XHTML, "Flood\n\nA flood hit Dhaka.\n\nNine died.", "2024-01-30", ""),
        ("b.eml", REPLY, "Fire\n\nSee below.\nA fire in Accra.", "2024-01-30", ""),
        ("b.md", "---\ndate: 2024-01-30\n---\nFire in [Accra](http://x.y/(z)).[^1]",
         "Fire in Accra.\n", "2024-01-30", ""),
        ("a.md", "---\ndate: 2024-01-30\n---\n# Crash\n\nA **bus** hit [Oslo](http://x.y).",
         "Crash\n\nA bus hit Oslo.\n", "2024-01-30", ""),
    ],
    ids=["rss", "atom", "json", "mail", "xhtml", "reply", "brackets", "markdown"],
)  # fmt: skip
def test_files_of_all_kinds(
    tmp_path: Path, name: str, content: str | bytes, text: str, day: str, url: str
) -> None:
    article = geo.read_articles(written(tmp_path, name, content)).iloc[0]

    assert (article["text"], article["url"]) == (text, url)
    assert article["published"].date().isoformat() == day


def test_a_link_that_is_no_address_of_the_web_is_left_out(tmp_path: Path) -> None:
    articles = geo.read_articles(written(tmp_path, "a.rss", RSS))

    assert articles["url"].tolist() == ["https://feed.example/x", ""]
    assert articles["article_id"].is_unique


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Feuer in Zürich", "utf-8"),
        ("Feuer in Zürich", "utf-8-sig"),
        ("Feuer in Zürich", "utf-16"),
        ("Feuer in Zürich", "cp1252"),
        ("انفجار في بغداد يوم الاثنين", "cp1256"),
    ],
)
def test_the_encoding_is_found_and_told(tmp_path: Path, text: str, encoding: str) -> None:
    article = geo.read_articles(written(tmp_path, "a.txt", text.encode(encoding))).iloc[0]

    assert (article["text"], article["encoding"]) == (text, encoding)


def test_a_pdf_without_text_says_so(tmp_path: Path) -> None:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(width=200, height=200)
    writer.write(tmp_path / "scan.pdf")

    with pytest.raises(ReadError, match="without a text layer"):
        geo.read_articles(tmp_path / "scan.pdf")


def test_a_locked_pdf_says_so(tmp_path: Path) -> None:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(width=200, height=200)
    writer.add_metadata({"/Title": "Secret"})
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(tmp_path / "locked.pdf")

    with pytest.raises(ReadError, match="locked with a password"):
        geo.read_articles(tmp_path / "locked.pdf")


def test_a_pdf_locked_with_aes_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def needs_more(_: object) -> None:
        raise pypdf.errors.DependencyError("cryptography>=3.1 is required for AES algorithm")

    monkeypatch.setattr(pypdf, "PdfReader", needs_more)

    with pytest.raises(ReadError, match=r"locked with AES.*pip install cryptography"):
        geo.read_articles(written(tmp_path, "locked.pdf", b"%PDF-1.7"))


def test_a_broken_pdf_is_told_in_one_sentence(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(ReadError, match="not a PDF that can be read"):
        geo.read_articles(written(tmp_path, "broken.pdf", b"%PDF-1.4 and no more"))

    assert caplog.records == []


def test_a_mail_in_an_encoding_that_nobody_knows_is_read(tmp_path: Path) -> None:
    mail = "Subject: Fire\nContent-Type: text/plain; charset=x-own-99\n\nA fire in Curaçao.\n"

    article = geo.read_articles(written(tmp_path, "a.eml", mail.encode("cp1252"))).iloc[0]

    assert article["text"] == "Fire\n\nA fire in Curaçao."


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.pdf", b"%PDF-1.4 broken", "not a PDF that can be read"),
        ("a.rss", "<rss><!DOCTYPE x></rss>", "has a document type"),
        ("a.xml", "<kml></kml>", "no feed"),
        ("a.json", '{"a": 1}', "no JSON Feed"),
        ("a.html", "<html><body></body></html>", "no main text"),
        ("a.eml", b"Subject: x\n\n", "holds no text"),
        ("a.zip", b"PK\x03\x04", "an archive"),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path: Path, name: str, content: str, words: str) -> None:
    with pytest.raises(ReadError, match=words):
        geo.read_articles(written(tmp_path, name, content))


def test_one_bad_file_never_stops_a_folder(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    written(tmp_path, "a.txt", "Fire in Accra.")
    written(tmp_path, "deep/b.txt", "Flood in Dhaka.")
    written(tmp_path, "c.txt", b"PK\x03\x04zip")
    written(tmp_path, "d.csv", "a,b\n1,2\n")
    written(tmp_path, ".hidden.txt", "Nothing.")

    articles = geo.read_articles(tmp_path, published="2024-01-31")
    matching = geo.read_articles(str(tmp_path / "*.txt"))

    assert articles["publisher"].tolist() == ["a.txt", "b.txt"]
    assert [Path(one["path"]).name for one in articles.attrs["skipped"]] == ["c.txt", "d.csv"]
    assert "an archive" in articles.attrs["skipped"][0]["reason"]
    assert matching["publisher"].tolist() == ["a.txt"]


def test_a_stream_counts_what_it_reads(tmp_path: Path) -> None:
    written(tmp_path, "a.rss", RSS)
    written(tmp_path, "b.txt", "")
    summary = ReadingSummary()

    rows = stream_articles(tmp_path, summary=summary)

    assert next(rows)["title"] == "Blast"
    assert len(list(rows)) == 1
    assert (summary.files, summary.articles, len(summary.skipped)) == (1, 2, 1)


def test_a_folder_without_articles_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="No articles were found"):
        geo.read_articles(tmp_path)


def test_other_languages_give_places(tmp_path: Path) -> None:
    text = "انفجار في بغداد يوم الاثنين قتل ثلاثة أشخاص"
    incident = geo.extract_incidents(geo.read_articles(written(tmp_path, "a.txt", text))).iloc[0]

    assert (incident["kind"], incident["place"], incident["date_precision"]) == (
        "other",
        "Baghdad",
        "unknown",
    )
    assert "not in English" in incident["date_note"]

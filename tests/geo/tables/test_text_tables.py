"""Texts with delimiters: encodings, delimiters, headers, ragged rows, and where rows stand."""

from pathlib import Path

import pytest

import geo
from geo.errors import ReadError
from geo.reading.incidents import Reading, read_table
from geo.reading.options import ReadOptions
from geo.tables.files import delimited_file

WORDS = {
    "cp1252": "place,note\nMálaga,à côté\nSão Tomé,x\n",
    "cp1254": "yer,not\nŞırnak,patlama ve çatışma\nİstanbul,değil\n",
    "cp1256": "المكان,ملاحظة\nبغداد,انفجار قرب الجسر\nدير الزور,قصف\n",
    "cp1251": "Место,Заметка\nБахмут,обстрел\nМОСКВА,Взрыв\n",
    "utf-16-le": "place,note\nKyïv,Київ\n",
    "utf-16": "place,note\nKyïv,Київ\n",
    "utf-8-sig": "place,note\nKyïv,Київ\n",
}


def reading(folder: Path, content: str | bytes, **said: object) -> Reading:
    path = folder / "table.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_table(path, ReadOptions(**said))  # type: ignore[arg-type]


@pytest.mark.parametrize("encoding", WORDS)
def test_encodings_are_found_and_told(tmp_path: Path, encoding: str) -> None:
    read = reading(tmp_path, WORDS[encoding].encode(encoding))

    places = [line.split(",")[0] for line in WORDS[encoding].splitlines()[1:]]
    assert read.incidents["place_text"].tolist() == places
    assert read.raw.encoding == encoding


def test_an_encoding_that_is_named_counts(tmp_path: Path) -> None:
    read = reading(tmp_path, "place\nŁódź\n".encode("cp1250"), encoding="cp1250")

    assert read.incidents["place_text"].tolist() == ["Łódź"]


@pytest.mark.parametrize(
    ("encoding", "words"),
    [("klingon", "no encoding 'klingon'"), ("ascii", "not text in ascii"), ("hex", "no encoding")],
)
def test_encodings_that_cannot_be_are_said(tmp_path: Path, encoding: str, words: str) -> None:
    with pytest.raises(ReadError, match=words):
        reading(tmp_path, "place\nMálaga\n", encoding=encoding)


def test_a_broken_byte_does_not_change_the_encoding(tmp_path: Path) -> None:
    content = "place\n" + "Київ, Харків і Дніпро\n".replace(",", "") * 5
    read = reading(tmp_path, content.encode() + b"Od\xffesa\n")

    assert read.raw.encoding == "utf-8, damaged"
    assert read.incidents["place_text"].iloc[-1] == "Od\ufffdesa"


def test_decimal_commas_do_not_hide_the_delimiter(tmp_path: Path) -> None:
    read = reading(tmp_path, "lat;lon\n33,306;38,703\n34,1;39,2\n")

    assert read.incidents.geometry.x.tolist() == [38.703, 39.2]


def test_titles_above_the_header_are_passed_over(tmp_path: Path) -> None:
    read = reading(tmp_path, "Incidents in May,,\n,,\nplace,killed,\nAmman,3,\nIrbid,4,\n")

    assert read.incidents["fatalities_best"].tolist() == [3, 4]
    assert read.raw.rows is not None
    assert read.raw.rows.tolist() == [4, 5]


def test_a_header_of_two_rows_joins_what_stands_above(tmp_path: Path) -> None:
    read = reading(
        tmp_path, "Place,Position,,People,\n,Lat,Lon,Killed,Injured\nAmman,31.95,35.93,3,4\n"
    )

    incident = read.incidents.iloc[0]
    assert (incident.geometry.x, incident["fatalities_best"], incident["injured"]) == (35.93, 3, 4)
    assert incident["native_Position | Lat"] == "31.95"


def test_a_table_without_a_header_keeps_its_first_row(tmp_path: Path) -> None:
    read = reading(tmp_path, 'Amman,2024-01-28,"31.95, 35.93"\nIrbid,2024-01-29,"32.55, 35.85"\n')

    assert not read.raw.has_header
    assert read.incidents["date_start"].dt.day.tolist() == [28, 29]
    assert read.incidents.geometry.y.tolist() == [31.95, 32.55]


def test_ragged_rows_are_rejected_in_their_places(tmp_path: Path) -> None:
    read = reading(tmp_path, 'place,note\nAmman,"two\nlines"\nA,B,C\nIrbid\n\nZarqa,x\n')

    table = read.incidents
    geo.validate(table)
    assert table["place_text"].fillna("").tolist() == ["Amman", "", "Irbid", "Zarqa"]
    assert table["native_place"].tolist() == ["Amman", "A", "Irbid", "Zarqa"]
    assert table["reason"].iloc[1] == "line 4 has 3 cells, the header has 2"
    assert read.raw.rows is not None
    assert read.raw.rows.tolist() == [2, 4, 5, 7]


@pytest.mark.parametrize("end", ["", 'Aleppo" x,1,2\n5,Idlib,"3",4\n'])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_stray_quote_that_swallows_rows_is_told_by_its_line(
    tmp_path: Path, end: str, newline: str
) -> None:
    rows = 'id,place,lat,lon\n1,"Amman",31.95,35.93\n2,"Homs north,34.7,36.7\n'
    content = rows + "3,Hama,35.1,36.7\n" * 50 + end

    with pytest.raises(ReadError, match="line 3 opens a double quote"):
        reading(tmp_path, content.replace("\n", newline))


def test_a_stray_quote_is_told_in_batches_too(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    rows = "".join(f"{n},Hama,35.1,36.7\n" for n in range(2_000))
    path.write_text(f'id,place,lat,lon\n{rows}x,"Homs,34.7,36.7\n{rows}y,Aleppo" x,1,2\n')

    file = delimited_file(path)
    with pytest.raises(ReadError, match="line 2,002 opens a double quote"):
        list(file.batches(block_bytes=1 << 13))


def test_cells_of_several_lines_with_quotes_inside_are_no_stray_quotes(tmp_path: Path) -> None:
    rows = 'A,"one, ""two"",\nthree" ,1\nB,12" shell,2\nC,"he said "no" ,\n3\nD,"last",4'
    read = reading(tmp_path, "place,note,killed\n" + rows)

    assert read.incidents["place_text"].tolist() == ["A", "B", "C", "3", "D"]


def test_lines_that_end_as_on_old_machines_are_read(tmp_path: Path) -> None:
    for end in ("\r", "\r\n"):
        read = reading(tmp_path, end.join(["place,note", "Amman,x", "Irbid,y"]))
        assert read.incidents["place_text"].tolist() == ["Amman", "Irbid"]


def test_the_only_table_of_a_zip_file_is_read(tmp_path: Path) -> None:
    import zipfile

    path = tmp_path / "events.export.CSV.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("events.export.CSV", "place,killed\nAmman,3\n")

    assert geo.read_incidents(path)["fatalities_best"].tolist() == [3]


def test_a_second_row_that_is_wider_than_the_first_is_no_fault_of_the_header(
    tmp_path: Path,
) -> None:
    read = reading(tmp_path, "place,\n,lat,lon\nAmman,3\nIrbid,4\n")

    assert len(read.incidents) >= 2

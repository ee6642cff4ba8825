"""The rows that could not be taken go back in the source's own form."""

import csv
import io
import json

from integrations import position_import
from integrations.spreadsheets.write import xlsx_of
from tests.integrations.position_import.reading import BERLIN, TODAY, table_of

SENTENCES = {"why": "warum", "no_company": "Die Firma fehlt."}


def rest_of(data: bytes, name: str) -> position_import.RestFile:
    table = table_of(data, name)
    proposal = position_import.propose(table, today=TODAY)
    reading = position_import.understand(table, proposal, zone=BERLIN, today=TODAY)
    return position_import.rest_file(table, reading.rest, SENTENCES)


def test_csv_keeps_its_separator_and_encoding() -> None:
    text = "Firma;Stelle;Bemerkung\nNordkai;Bäcker;\n;Köchin;=1+1\n"
    made = rest_of(text.encode("cp1252"), "liste.csv")
    rows = list(csv.reader(io.StringIO(made.data.decode("cp1252")), delimiter=";"))
    assert rows == [
        ["Firma", "Stelle", "Bemerkung", "warum"],
        ["", "Köchin", "'=1+1", "Die Firma fehlt."],
    ]
    assert made.suffix == "csv"


def test_json_stays_json() -> None:
    data = [{"company": "A", "title": "Baker"}, {"title": "Cook", "tags": [{"a": 1}]}]
    made = rest_of(json.dumps(data).encode(), "list.json")
    assert json.loads(made.data) == [
        {"title": "Cook", "tags": [{"a": 1}], "warum": "Die Firma fehlt."}
    ]


def test_a_spreadsheet_stays_one() -> None:
    data = xlsx_of([["Company", "Position"], ["Nordkai", "Baker"], ["", "Cook"]], name="S")
    made = rest_of(data, "list.xlsx")
    again = table_of(made.data, "rest.xlsx")
    assert again.headings == ("Company", "Position", "warum")
    assert [row.cells for row in again.rows] == [("", "Cook", "Die Firma fehlt.")]


def test_passwords_do_not_go_back_either() -> None:
    made = rest_of(b"Company,Position,Password\nA,B,x\n,Cook,hunter22\n", "list.csv")
    assert b"hunter22" not in made.data

"""Write one sheet of text as XLSX."""

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

from .formulas import guarded
from .sheet import UNSEEN

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
XLSX = f"{KIND}.sheet"
# The same bytes for the same rows.
ONE_DAY = (1980, 1, 1, 0, 0, 0)


def xlsx_of(lines: Sequence[Sequence[str]], *, name: str) -> bytes:
    """Cells are inline text, which no program computes, and guarded for who copies them on."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, text in _parts(lines, name).items():
            info = zipfile.ZipInfo(part, ONE_DAY)
            archive.writestr(info, DECLARATION + text, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _parts(lines: Sequence[Sequence[str]], name: str) -> dict[str, str]:
    rows = "".join(f"<row>{''.join(map(_cell, line))}</row>" for line in lines)
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{KIND}.worksheet+xml"/>'
        "</Types>",
        "_rels/.rels": _relation("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        f'<sheet name="{escape(name)}" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relation("worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>'
        "</worksheet>",
    }


def _relation(kind: str, target: str) -> str:
    return (
        f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/{kind}" Target="{target}"/></Relationships>'
    )


def _cell(text: str) -> str:
    plain = escape(UNSEEN.sub("", guarded(text)))
    return f'<c t="inlineStr"><is><t xml:space="preserve">{plain}</t></is></c>'

"""Where: an address, a room, an online service, or a landmark."""

import re

from interviews.quick_add.line import Line, bare
from interviews.quick_add.words import CAPITAL, JOB_INSIDE

_STREET = r"(?i:street|st\.?|road|rd\.?|avenue|ave\.?|lane|square|drive|way|place|court|row|quay)"
_NUMBER = r"\d+[a-zA-Z]?(?:\s?[-–/]\s?\d+[a-zA-Z]?)?"
_NAMES = rf"(?:\s+{CAPITAL}[\w'’.-]*)"
_ROOM = (
    r"(?i:(?:ground|top|first|second|third|fourth|fifth|\d+(?:st|nd|rd|th))\s+floor"
    r"|(?:room|ward|wing|floor|building|suite|gate|hall|unit|entrance|block|door|office|tower"
    r"|terminal)\s+(?:no\.?\s+)?(?:\d+(?:\.\d+)?\w?|\w\d+|(?-i:[A-Z])(?!\w)))(?!\w)"
)
_BEFORE_ROOM = rf"(?:{CAPITAL}[\w'’-]*|yard|main|north|south|east|west|campus|airport|station)"
# A street with its number, in either order, a postcode, a town and a room.
ADDRESS = re.compile(
    r"(?<![\w:.])(?:(?i:at|in|on)\s+)?(?P<name>(?:"
    rf"{_NUMBER}{_NAMES}{{1,3}}\s+{_STREET}(?!\w)"
    r"|(?i:[^\W\d]\w*(?:str\.|stra(?:ß|ss)e|platz|allee|weg|gasse|ring|\s+(?:str\.|stra(?:ß|ss)e|platz|allee|weg|street|road|avenue"
    rf"|lane|square)))\s+{_NUMBER}(?!\w)"
    rf")(?:,?\s+\d{{4,5}}(?!\w))?{_NAMES}{{0,2}}(?:,?\s+{_ROOM})*"
    rf"|(?:(?:(?<=in )|(?<=, ))(?:{_BEFORE_ROOM}\s+){{1,3}})?{_ROOM}(?:,?\s+{_ROOM})*)"
)
PLACE = re.compile(
    r"(?<!\w)(?:at|in)\s+(?P<name>[^\W\d][^\0\1,;|]*\s\d[^\0\1,;|]*|\d\w*\s+[^\0\1,;|]+)", re.I
)
ONLINE = re.compile(
    r"(?<!\w)(?:(?:on|over|via)\s+)?(?P<name>zoom|(?:ms\s+|microsoft\s+)?teams|google\s+meet|skype"
    r"|webex|whatsapp|online|remote|video\s+call)"
    r"(?=\s*(?:[\0,;]|\s[–—-]|$)|\s+(?:call|meeting|interview|chat|talk|with|w/)(?!\w))",
    re.I,
)
# A piece with such words is a landmark: "Stansted airport", "site office Canning Town".
_LANDMARK = (
    r"airport|station|campus|head\s*quarters|hq|reception|lobby|entrance|(?:head|main|site|town"
    r"|city|their)\s+office|canteen|(?:conference|business|job|shopping)\s+cent(?:re|er)|hotel"
    r"|library|town\s+hall|warehouse|depot|terminal|car\s+park"
)
LANDMARK = re.compile(rf"(?<!\w)(?:(?:{_LANDMARK})(?!\w)|(?:offices?|building)$)", re.I)
HOUSE = re.compile(
    rf"{CAPITAL}[^\W\d][\w'’.-]*(?:\s+[\w'’.-]+)+\s+\d+[a-z]?|\d+[a-z]?(?:\s+{CAPITAL}[\w'’.-]*){{2,4}}"
)


def take_named(line: Line, said: dict[str, str], what: str, pattern: re.Pattern[str]) -> None:
    if what in said:
        return
    for match in line.find(pattern):
        if name := bare(line.text[match.start("name") : match.end("name")]):
            line.take(what, *match.span())
            said[what] = name
            return


def take_online(line: Line, said: dict[str, str]) -> None:
    """Unless the link says it already."""
    link = said.get("link", "").casefold()
    for match in line.find(ONLINE):
        name = match["name"].split()[-1].casefold()
        if link and (name in link or name in ("online", "remote", "call")):
            line.take("link", *match.span())
    take_named(line, said, "place", ONLINE)


def is_place(text: str) -> bool:
    found = LANDMARK.search(text) or HOUSE.fullmatch(text)
    return found is not None and not JOB_INSIDE.search(text)

"""Twilio's Smart Encoding: typographic characters become plain ones, so that a text stays in GSM-7.

One curly quote turns a text of 160 characters from one segment into three. The table says which characters Twilio
replaces and by what (Twilio, "List of characters replaced by Smart Encoding"; the rows Twilio's own segment
calculator has beyond that page are included). It is kept by replacement, because that is how it is read.
Oddities are Twilio's: the single angle quotation marks are swapped, most wide spaces become two, a bullet a hyphen.
A character without a row stays, and the text is then UCS-2 all the same.
"""

_LOOK_ALIKES = {
    '"': "«»“”„‟ʺˮ❝❞〝〞",
    "'": "‘’‛‗ʹʻʼʽˈˊˋ´`❛❜\u0313\u0314\ufe10\ufe11",
    "/": "÷⧸⁄∕\u0337\u0338",
    "\\": "⧹⧵﹨\u20e5",
    "_": "\u0332",
    "|": "∣⎸⎹⏐⎜⎟\u20d2\u20d3",
    "-": "‐–—―⁃•⎼⎽﹣",
    "@": "﹫",
    "$": "﹩",
    "!": "ǃ︕﹗",
    "#": "﹟",
    "%": "﹪",
    "&": "﹠",
    ",": "‚、﹐﹑､\u0326",
    "(": "❨❪⟮⦅﹙",
    ")": "❩❫⟯⦆﹚",
    "*": "⁎∗⊛✢✣✤✥✱✲✳✺✻✼✽❃❉❊❋⧆﹡",
    "+": "˖﹢",
    ".": "。﹒｡",
    ":": "ː˸⦂꞉︓",
    ";": "⁏︔﹔",
    "<": "›﹤",
    "=": "\u0347꞊﹦",
    ">": "‹﹥",
    "?": "︖﹖",
    "^": "ˆ\u0302\u1dcd",
    "{": "❴﹛",
    "}": "❵﹜",
    "~": "˜˷∼\u0303\u0330\u0334",
    "1/4": "¼",
    "1/2": "½",
    "3/4": "¾",
    "!!": "‼",
    "...": "…",
    " ": "\u2001\u2028\u2029",
    "  ": "\u00a0\u2000\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\x80\x8d\x90\x9b\x9f",
    "       ": "\t",
    "": "\x00\x03\x04\x10\x11\x12\x13\x14\x17\x19\u200b\u2060\ufeff",
}
_SMALL_CAPITALS = dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "ABCDEFGHIJKLMNOPRSTUVWYZ", strict=True))
_FULLWIDTH = {chr(code + 0xFEE0): chr(code) for code in [*range(0x21, 0x60), *range(0x7B, 0x7F)]}

_TABLE = str.maketrans(
    {alike: plain for plain, alikes in _LOOK_ALIKES.items() for alike in alikes} | _SMALL_CAPITALS | _FULLWIDTH
)


def smart_encode(text: str) -> str:
    """Replace the characters that have a GSM-7 look-alike; the length may change."""
    return text.translate(_TABLE)

"""Twilio's voices and languages, and which of espeak-ng's come nearest.

espeak-ng has one way of speaking for each language, and variants that make it sound like other people (`+f1` to `+f5`
women, `+m1` to `+m8` men). A named voice of Amazon Polly or Google becomes a variant of its sex, the same one each
time, so two names mostly sound different. Everything that is only approximated is told in a notice.

Sources: Twilio's "Text-to-Speech" (voices, languages) and Amazon's "Available voices"; `espeak-ng --voices`.
"""

import hashlib
from dataclasses import dataclass

DEFAULT_LANGUAGE = "en-US"
PERSON = "person"
WOMEN = ("f1", "f2", "f3", "f4", "f5")
MEN = ("m1", "m2", "m3", "m4", "m6", "m7", "m8")
BASIC = {"": "", "man": "", "woman": "f2", "alice": "f3", PERSON: "f4"}

# what espeak-ng speaks, by its own tags
_KNOWN = """
af am an ar as az ba be bg bn bs ca cmn cs cv cy da de el en-029 en-gb en-gb-scotland en-us eo es es-419 et eu fa fi
fr-be fr-ch fr-fr ga gd gn gu hak haw he hi hr ht hu hy id is it ja ka kk kl kn ko kok ku ky la lb lt lv mi mk ml mr
ms mt my nb ne nl om or pa pap pl pt pt-br qu ro ru sd si sk sl sq sr sv sw ta te th tk tn tr tt ug uk ur uz vi yue
"""
KNOWN = frozenset(_KNOWN.split())
EXACT = {  # the same language under another tag
    "arb": "ar",
    "cmn-cn": "cmn",
    "cy-gb": "cy",
    "en": "en-us",
    "en-uk": "en-gb",
    "es-es": "es",
    "fr": "fr-fr",
    "nb-no": "nb",
    "no-no": "nb",
    "pt-pt": "pt",
    "yue-cn": "yue",
    "yue-hk": "yue",
    "zh": "cmn",
    "zh-cn": "cmn",
    "zh-hk": "yue",
}
NEAR = {  # another accent, the nearest there is
    "cmn-tw": "cmn",
    "en-au": "en-gb",
    "en-gb-wls": "en-gb",
    "en-ie": "en-gb",
    "en-in": "en-gb",
    "en-nz": "en-gb",
    "en-za": "en-gb",
    "fr-ca": "fr-fr",
    "zh-tw": "cmn",
}
# where a language is spoken as espeak-ng speaks it
_HOME = """
af-za ar-xa ar-eg bg-bg bn-in bn-bd ca-es cs-cz da-dk de-de el-gr es-es et-ee eu-es fi-fi gu-in he-il hi-in hr-hr hu-hu
id-id is-is it-it ja-jp kn-in ko-kr lt-lt lv-lv ml-in mr-in ms-my nl-nl pa-in pl-pl ro-ro ru-ru sk-sk sl-si sr-rs sv-se
sw-ke ta-in te-in th-th tr-tr uk-ua ur-pk ur-in vi-vn
"""
HOME = frozenset(_HOME.split())
_LATIN_AMERICA = """
ar bo cl co cr do ec gt hn mx ni pa pe pr py sv us uy ve
"""
LATIN_AMERICA = frozenset(_LATIN_AMERICA.split())

_POLLY = """
arb Zeina | ar-AE Hala Zayd* | ca-ES Arlet | cmn-CN Zhiyu | cs-CZ Jitka | cy-GB Gwyneth | da-DK Mads* Naja Sofie
de-AT Hannah | de-CH Sabrina | de-DE Daniel* Hans* Marlene Vicki | en-AU Nicole Olivia Russell*
en-GB-WLS Geraint* | en-IE Niamh | en-IN Aditi Kajal Raveena | en-NZ Aria | en-SG Jasmine
en-ZA Ayanda | en-GB Amy Arthur* Brian* Emma
en-US Danielle Gregory* Ivy Joanna Joey* Justin* Kendra Kevin* Kimberly Matthew* Patrick* Ruth Salli Stephen* Tiffany
es-ES Alba Conchita Enrique* Lucia Raul* Sergio* | es-MX Andres* Mia | es-US Lupe Miguel* Pedro* Penelope | fi-FI Suvi
fr-BE Isabelle | fr-CA Chantal Gabrielle Liam* | fr-FR Ambre Celine Florian* Lea Mathieu* Remi* | hi-IN Aditi Kajal
is-IS Dora Karl* | it-IT Beatrice Bianca Carla Giorgio* Lorenzo* Adriano* | ja-JP Kazuha Mizuki Takumi* Tomoko
ko-KR Jihye Seoyeon | nb-NO Ida Liv | nl-BE Lisa | nl-NL Laura Lotte Ruben* | pl-PL Ewa Jacek* Jan* Maja Ola
pt-BR Camila Ricardo* Thiago* Vitoria | pt-PT Cristiano* Ines | ro-RO Carmen | ru-RU Maxim* Tatyana | sv-SE Astrid Elin
tr-TR Burcu Filiz | yue-CN Hiujin
"""


def _polly() -> dict[str, tuple[str, bool]]:
    """Each name of Polly's: its first language, and whether it is a man's."""
    found: dict[str, tuple[str, bool]] = {}
    for entry in _POLLY.replace("\n", "|").split("|"):
        language, _, names = entry.strip().partition(" ")
        for name in names.split():
            found.setdefault(name.rstrip("*").lower(), (language, name.endswith("*")))
    return found


POLLY = _polly()


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice of espeak-ng's (`en-us+f3`), and what is not as it was asked for."""

    name: str
    notices: tuple[str, ...] = ()


def choose(voice: str, language: str) -> Voice:
    """The voice of espeak-ng for Twilio's `voice` and `language`, each of which may be empty."""
    own_language, variant, notice = _speaker(voice)
    tag, doubt = _tongue(language or own_language or DEFAULT_LANGUAGE)
    notices = tuple(text for text in (notice, doubt) if text)
    return Voice(f"{tag}+{variant}" if variant else tag, notices)


def tongue(language: str) -> str:
    """The tag of espeak-ng's that is nearest to a language tag."""
    return _tongue(language)[0]


def _speaker(voice: str) -> tuple[str, str, str]:
    """A voice's own language, the variant, and a notice."""
    if voice.lower() in BASIC:
        return "", BASIC[voice.lower()], ""
    family, _, name = voice.partition(".")
    plain = name.lower().removesuffix("-neural").removesuffix("-generative").removesuffix("-long-form")
    if family.lower() == "polly" and plain in POLLY:
        language, is_man = POLLY[plain]
        return language, _variant(plain, MEN if is_man else WOMEN), f"{voice} is spoken by espeak-ng"
    if family.lower() == "google" and name.count("-") >= 2:
        language = "-".join(name.split("-")[:2])
        return language, _variant(name, WOMEN + MEN), f"{voice} is spoken by espeak-ng"
    return "", _variant(voice, WOMEN + MEN), f"there is no voice {voice}; another one of espeak-ng speaks"


def _variant(name: str, among: tuple[str, ...]) -> str:
    return among[hashlib.sha256(name.encode()).digest()[0] % len(among)]


def _tongue(language: str) -> tuple[str, str]:
    """espeak-ng's tag for a language tag, and a notice where it is another accent or another language."""
    asked = language.lower().replace("_", "-")
    base, _, region = asked.partition("-")
    if asked in KNOWN or EXACT.get(asked):
        return EXACT.get(asked) or asked, ""
    if asked in HOME:
        return base, ""
    if base == "es" and region in LATIN_AMERICA:
        return "es-419", ""
    nearest = NEAR.get(asked) or (base if base in KNOWN else EXACT.get(base))
    if nearest:
        return nearest, f"{language} is spoken as {nearest}"
    return "en-us", f"espeak-ng does not speak {language}; it is read as en-us"

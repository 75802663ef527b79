"""Looking a number up: its numbering plan first, and, if it can be one, whoever knows its line."""

import msgspec

from offhook.carriers import LineFacts, LineProvider
from offhook.kit.geography import Place, place_of
from offhook.kit.numbering import Numbered, numbered
from offhook.products.lookup.finding import Asked, Finding
from offhook.products.numbers import Numbers

OUR_CARRIER = "Offhook"


class Lookup:
    """The service of this slice."""

    def __init__(self, provider: LineProvider, numbers: Numbers, *, any_number: bool) -> None:
        """With `any_number`, numbers of ranges that nobody was given are valid: the simulated network has them all."""
        self._provider = provider
        self._numbers = numbers
        self._any_number = any_number

    async def look_up(self, text: str, region: str, asked: Asked) -> Finding:
        """What is known of a number as people write it; without a plus sign it is one of `region` ("US")."""
        number = numbered(text, region)
        is_valid = number.problem is None or (self._any_number and number.is_possible)
        facts = await self._facts(number) if number.is_possible else LineFacts()
        return Finding(number, is_valid, facts, place_of(number.e164) if number.is_possible else Place(), asked)

    async def _facts(self, number: Numbered) -> LineFacts:
        """What the provider knows wins over the numbering plan; a number that is ours is VoIP."""
        known = await self._provider.facts(number.e164)
        is_ours = await self._numbers.owner(number.e164) is not None
        return msgspec.structs.replace(
            known,
            type=known.type or ("nonFixedVoip" if is_ours else number.type),
            carrier_name=known.carrier_name or (OUR_CARRIER if is_ours else number.carrier) or None,
        )

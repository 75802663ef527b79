"""How phones behave: rules by address or by prefix, the longest that fits wins, by default everything arrives."""

from typing import Any

import msgspec

from offhook.carriers.simulator import Behaviour, SimulatedNetwork
from offhook.products.network import phones, store
from offhook.products.network.rule import Rule
from offhook.storage import Database, Unit

DEFAULT = Behaviour()


class Behaving:
    """Implements the simulator's `Behaviours`. The rules are few and kept in memory."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._rules: list[Rule] | None = None

    async def of(self, address: str) -> Behaviour:
        """The behaviour of one phone."""
        rule = await self.rule(address)
        return rule.behaviour() if rule else DEFAULT

    async def rule(self, address: str) -> Rule | None:
        """The rule that is in force for an address."""
        fitting = [rule for rule in await self.rules() if rule.means(address)]
        return max(fitting, key=lambda rule: len(rule.pattern), default=None)

    async def rules(self) -> list[Rule]:
        """Every rule."""
        if self._rules is None:
            self._rules = await store.rules(self._database)
        return self._rules

    async def change(self, pattern: str, changes: dict[str, Any], network: SimulatedNetwork) -> Rule:
        """Set some traits of the phones that `pattern` means, keeping the others."""
        former = next((rule for rule in await self.rules() if rule.pattern == pattern), Rule(0, pattern))
        rule = msgspec.structs.replace(former, **changes)
        unit = Unit()
        store.set_rule(unit, rule)
        if not rule.is_for_many:
            phones.know(unit, pattern)
        await self._commit(unit)
        network.start_over(rule.means)
        await network.let_go()
        return rule

    async def reset(self, pattern: str, network: SimulatedNetwork) -> bool:
        """Behave by default again; False when there was no rule."""
        former = next((rule for rule in await self.rules() if rule.pattern == pattern), None)
        if former is None:
            return False
        unit = Unit()
        store.drop_rule(unit, pattern)
        phones.forget(unit, pattern)
        await self._commit(unit)
        network.start_over(former.means)
        await network.let_go()
        return True

    async def _commit(self, unit: Unit) -> None:
        await self._database.commit(unit)
        self._rules = None

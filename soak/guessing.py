"""Ten thousand codes checked side by side: each verification is approved once, and no more than five guesses looked at.

For the one half of the verifications only the right code comes, many times at the same moment, for the other only wrong
ones. What is answered must agree with itself, and with what the database holds in the end.
"""

import json
import sys
from collections import Counter

from bench.account import Account
from bench.asking import Answers, ask_as_fast_as_answered
from soak.figures import Figures
from soak.house import House
from soak.places import Place, main

PEOPLE = "+1973264"  # and four digits
LOOKED_AT = 5  # wrong codes of a verification
NEVER = "0" * 7  # a code of a length that no code here has
AT_ONCE = 20  # requests that only prepare
GONE, NO_MORE = 404, 429


async def guessing(place: Place, *, verifications: int = 200, guesses: int = 50, connections: int = 100) -> Figures:
    """The program: so many verifications and guesses at each, on so many connections at once."""
    figures = Figures(f"{verifications * guesses:,} codes checked side by side, {place.kind}")
    with House(place.folder, place.database, environment={"OFFHOOK_VERIFY_PUMPING": "off"}) as house:
        house.start()
        account = Account(house.port, *house.credentials)
        service = await _service(account)
        people = [f"{PEOPLE}{number:04}" for number in range(verifications)]
        codes = await _begin(account, service, people)
        lucky = people[: verifications // 2]
        asked = [
            account.request("POST", f"{service}/VerificationCheck", To=to, Code=codes[to] if to in lucky else NEVER)
            for to in people
            for _ in range(guesses)
        ]
        answers = await ask_as_fast_as_answered(account.port, asked, connections)
        figures.note(f"{len(asked) / answers.seconds:,.0f} checks a second, on {connections} connections")
        _check_answers(figures, answers, len(lucky), verifications - len(lucky), guesses)
        await _check_database(figures, place, len(lucky))
    return figures


async def _service(account: Account) -> str:
    status, made = await account.ask("POST", "/verify/v2/Services", FriendlyName="Owl Bank")
    if status != 201:
        raise RuntimeError(f"the service was refused: {made}")
    return f"/verify/v2/Services/{made['sid']}"


async def _begin(account: Account, service: str, people: list[str]) -> dict[str, str]:
    """Start a verification for each; the codes that their phones show."""
    starts = [account.request("POST", f"{service}/Verifications", To=to, Channel="sms") for to in people]
    if refused := (await ask_as_fast_as_answered(account.port, starts, AT_ONCE)).refused:
        raise RuntimeError(f"{len(refused)} starts were refused, the first: {refused[0]}")
    looks = [account.request("GET", f"/offhook/v1/Handsets/{to}/LatestCode") for to in people]
    shown = (await ask_as_fast_as_answered(account.port, looks, AT_ONCE)).refused  # what is not 201 counts as refused
    return {one["to"]: one["code"] for one in (json.loads(body) for _, body in shown)}


def _check_answers(figures: Figures, answers: Answers, lucky: int, unlucky: int, guesses: int) -> None:
    said = Counter(status for status, _ in answers.refused)
    looked_at = [json.loads(body) for status, body in answers.refused if status == 200]
    approved = Counter(one["sid"] for one in looked_at if one["status"] == "approved")
    wrong = Counter(one["sid"] for one in looked_at if one["status"] == "pending")
    figures.none("approvals that are not the only one", [sid for sid, times in approved.items() if times != 1])
    figures.none("right codes that approved nothing", lucky - len(approved))
    odd = [sid for sid, times in wrong.items() if times != min(LOOKED_AT, guesses)]
    figures.none(f"verifications of which not {LOOKED_AT} wrong codes were looked at", odd)
    figures.none("wrong codes that nobody looked at", unlucky - len(wrong))
    due = {200: lucky + unlucky * min(LOOKED_AT, guesses), GONE: lucky * (guesses - 1)}
    due[NO_MORE] = unlucky * max(0, guesses - LOOKED_AT)
    figures.none("other answers than these", [f"{said[one]} x {one}" for one in said if said[one] != due.get(one)])


async def _check_database(figures: Figures, place: Place, lucky: int) -> None:
    found = Counter(dict(await place.rows("SELECT status, count(*) FROM verifications GROUP BY status")))
    figures.none("approved ones that the database does not know, or too many", abs(found["approved"] - lucky))
    kept = await place.rows("SELECT count(*) FROM verifications WHERE status = 'approved' AND code IS NOT NULL")
    figures.none("codes kept after they were used", int(kept[0][0]))


if __name__ == "__main__":
    sys.exit(main(guessing, __doc__, verifications=200, guesses=50, connections=100))

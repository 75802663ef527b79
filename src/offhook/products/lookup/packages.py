"""The packages of Lookup v2: each is what was found, in Twilio's words, or nulls and the number of the reason.

60600: nobody knows. 60607: not in this country. 60617: something was to be given, and was not.
https://www.twilio.com/docs/lookup/v2-api#data-packages
"""

from collections.abc import Callable

import msgspec

from offhook.carriers import NEVER
from offhook.kit.clock import DAY, HOUR, MINUTE, SECOND
from offhook.products.lookup.finding import Finding
from offhook.products.lookup.matching import holder, matches, score
from offhook.web import iso8601

NOBODY_KNOWS, NOT_IN_THIS_COUNTRY, NOT_ENOUGH_GIVEN = 60600, 60607, 60617
WITH_CALLER_NAMES = "US"
SWAP_LOOKED_AT = 72 * HOUR  # how far one looks back for the change of a SIM that never was changed
LAST_MONTHS = 90 * DAY


class LineTypeIntelligence(msgspec.Struct):
    """What kind of line it is, and whose."""

    mobile_country_code: str | None
    mobile_network_code: str | None
    carrier_name: str | None
    type: str | None
    error_code: int | None


class CallerName(msgspec.Struct):
    """What the called party's phone shows (CNAM)."""

    caller_name: str | None
    caller_type: str | None
    error_code: int | None


class LastSimSwap(msgspec.Struct):
    """When the SIM was changed; the period is an ISO 8601 duration."""

    last_sim_swap_date: str | None
    swapped_period: str
    swapped_in_period: bool


class SimSwap(msgspec.Struct):
    """Whether the SIM was changed lately."""

    last_sim_swap: LastSimSwap | None
    carrier_name: str | None
    mobile_country_code: str | None
    mobile_network_code: str | None
    error_code: int | None


class CallForwarding(msgspec.Struct):
    """Whether calls are forwarded."""

    call_forwarding_enabled: bool | None
    error_code: int | None


class LineStatus(msgspec.Struct):
    """Whether somebody could be reached now."""

    status: str | None
    error_code: int | None


class IdentityMatch(msgspec.Struct):
    """How far what was said of the line's holder agrees with what is known; null where nothing was said."""

    first_name_match: str | None
    last_name_match: str | None
    address_lines_match: str | None
    city_match: str | None
    state_match: str | None
    postal_code_match: str | None
    address_country_match: str | None
    national_id_match: str | None
    date_of_birth_match: str | None
    summary_score: int | None
    error_code: int | None
    error_message: str | None


class ReassignedNumber(msgspec.Struct):
    """Whether somebody else got the number since a day."""

    last_verified_date: str | None
    is_number_reassigned: str | None
    error_code: int | None


class SmsPumpingRisk(msgspec.Struct):
    """How likely it is that the number is used to make money with texts."""

    carrier_risk_category: str | None
    number_blocked: bool | None
    number_blocked_date: str | None
    number_blocked_last_3_months: bool | None
    sms_pumping_risk_score: int | None
    error_code: int | None


class PhoneNumberQualityScore(msgspec.Struct):
    """How good a number it is."""

    quality_score: int | None
    error_code: int | None


class PreFill(msgspec.Struct):
    """What is known of the line's holder, to fill a form with."""

    first_name: str | None
    last_name: str | None
    address_line: str | None
    city: str | None
    state: str | None
    postal_code: str | None
    country_code: str | None
    error_code: int | None


def line_type_intelligence(found: Finding) -> LineTypeIntelligence:
    """The numbering plan and the provider together."""
    facts = found.facts
    known = facts.type or facts.carrier_name
    return LineTypeIntelligence(
        facts.mobile_country_code, facts.mobile_network_code, facts.carrier_name, facts.type, _unless(known)
    )


def caller_name(found: Finding) -> CallerName:
    """In the United States somebody without a name is undetermined; elsewhere there are no names."""
    name, kind = found.facts.caller_name, found.facts.caller_type
    if not (name or kind) and found.number.country != WITH_CALLER_NAMES:
        return CallerName(None, None, NOT_IN_THIS_COUNTRY)
    return CallerName(name, kind or "UNDETERMINED", None)


def sim_swap(found: Finding) -> SimSwap:
    """When the SIM was changed, if that is known."""
    facts = found.facts
    return SimSwap(
        _last_swap(facts.sim_swapped, found.asked.now),
        facts.carrier_name,
        facts.mobile_country_code,
        facts.mobile_network_code,
        _unless(facts.sim_swapped),
    )


def _last_swap(swapped: int | str | None, now: int) -> LastSimSwap | None:
    if swapped is None:
        return None
    if not isinstance(swapped, int):
        return LastSimSwap(None, _duration(SWAP_LOOKED_AT), swapped_in_period=False)
    return LastSimSwap(iso8601(swapped), _duration(max(now - swapped, 0)), swapped_in_period=True)


def _duration(microseconds: int) -> str:
    """`PT15282H33M44S`: hours without end, as Twilio writes it."""
    hours, rest = divmod(microseconds, HOUR)
    return f"PT{hours}H{rest // MINUTE}M{rest % MINUTE // SECOND}S"


def call_forwarding(found: Finding) -> CallForwarding:
    """Whether calls are forwarded, if that is known."""
    forwarded = found.facts.call_forwarding
    return CallForwarding(forwarded, _unless(forwarded))


def line_status(found: Finding) -> LineStatus:
    """Whether somebody could be reached, if that is known."""
    return LineStatus(found.facts.status, _unless(found.facts.status))


def identity_match(found: Finding) -> IdentityMatch:
    """Compare what was said with what is known."""
    compared = matches(found.asked.person, holder(found.facts))
    summary = score(compared)
    reason, sentence = None, None
    if not compared:
        reason, sentence = NOT_ENOUGH_GIVEN, "Nothing was given to compare with: a FirstName, for one"
    elif summary is None:
        reason, sentence = NOBODY_KNOWS, "Nothing is known of the holder of this line"
    named = {f"{name.removesuffix('_code') if 'country' in name else name}_match": m for name, m in compared.items()}
    nothing = {name: None for name in IdentityMatch.__struct_fields__ if name.endswith("_match")}
    return IdentityMatch(**{**nothing, **named}, summary_score=summary, error_code=reason, error_message=sentence)


def reassigned_number(found: Finding) -> ReassignedNumber:
    """Whether somebody else got it since the day that was given."""
    since, reassigned = found.asked.last_verified, found.facts.reassigned
    if not since:
        return ReassignedNumber(None, None, NOT_ENOUGH_GIVEN)
    if reassigned is None:
        return ReassignedNumber(since, "no_data_available", NOBODY_KNOWS)
    return ReassignedNumber(since, "yes" if reassigned != NEVER and reassigned >= since else "no", None)


def sms_pumping_risk(found: Finding) -> SmsPumpingRisk:
    """How risky it is to text the number."""
    facts, blocked = found.facts, found.facts.number_blocked
    at = blocked if isinstance(blocked, int) else None
    known = (facts.carrier_risk_category, blocked, facts.sms_pumping_risk_score)
    return SmsPumpingRisk(
        carrier_risk_category=facts.carrier_risk_category,
        number_blocked=None if blocked is None else at is not None,
        number_blocked_date=iso8601(at),
        number_blocked_last_3_months=None if blocked is None else at is not None and found.asked.now - at < LAST_MONTHS,
        sms_pumping_risk_score=facts.sms_pumping_risk_score,
        error_code=_unless(next((fact for fact in known if fact is not None), None)),
    )


def phone_number_quality_score(found: Finding) -> PhoneNumberQualityScore:
    """How good a number it is, if that is known."""
    return PhoneNumberQualityScore(found.facts.quality_score, _unless(found.facts.quality_score))


def pre_fill(found: Finding) -> PreFill:
    """What is known of the holder."""
    person = holder(found.facts)
    return PreFill(
        first_name=person.first_name,
        last_name=person.last_name,
        address_line=person.address_lines,
        city=person.city,
        state=person.state,
        postal_code=person.postal_code,
        country_code=person.address_country_code,
        error_code=None if person.given else NOBODY_KNOWS,
    )


def _unless(known: object | None) -> int | None:
    """The reason, where nothing is known."""
    return NOBODY_KNOWS if known is None else None


PACKAGES: dict[str, Callable[[Finding], msgspec.Struct]] = {
    "caller_name": caller_name,
    "sim_swap": sim_swap,
    "call_forwarding": call_forwarding,
    "line_status": line_status,
    "line_type_intelligence": line_type_intelligence,
    "identity_match": identity_match,
    "reassigned_number": reassigned_number,
    "sms_pumping_risk": sms_pumping_risk,
    "phone_number_quality_score": phone_number_quality_score,
    "pre_fill": pre_fill,
}

"""The resources of Verify."""

from collections.abc import Sequence

from offhook.products.verify.api.attempts import attempts
from offhook.products.verify.api.attempts_summary import attempts_summary
from offhook.products.verify.api.blocks import blocks
from offhook.products.verify.api.buckets import buckets
from offhook.products.verify.api.factor_resources import factor_resources
from offhook.products.verify.api.latest_code import latest_code
from offhook.products.verify.api.rate_limits import rate_limits
from offhook.products.verify.api.safe_list_numbers import safe_list_numbers
from offhook.products.verify.api.services import services
from offhook.products.verify.api.templates import templates
from offhook.products.verify.api.verification_check import verification_check
from offhook.products.verify.api.verification_records import verification_records
from offhook.products.verify.api.verifications import verifications
from offhook.products.verify.verify import Verify
from offhook.web import Operation


def resources(verify: Verify) -> Sequence[Operation]:
    """Everything this slice serves. Nobody can ask for a code where there are no phones of ours."""
    bound = (
        services,
        verifications,
        verification_check,
        attempts,
        attempts_summary,
        templates,
        rate_limits,
        buckets,
        safe_list_numbers,
        verification_records,
        blocks,
    )
    shown = (*bound, latest_code) if verify.shows_codes else bound
    codes = [operation for resource in shown for operation in resource.bind(verify)]
    return [*codes, *factor_resources(verify.factoring)]

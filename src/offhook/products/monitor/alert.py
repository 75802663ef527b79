"""An alert as it is stored: Twilio's fields of `monitor.v1.alert`, times in UTC microseconds."""

import msgspec


class Alert(msgspec.Struct):
    """Something went wrong that the account's owner should know."""

    seq: int
    sid: str
    account_sid: str
    error_code: int
    log_level: str
    alert_text: str
    resource_sid: str
    request_method: str
    request_url: str
    request_variables: str
    response_headers: str
    response_body: str
    date_created: int

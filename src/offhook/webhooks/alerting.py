"""What an alert says about a webhook that failed."""

from urllib.parse import urlencode

from offhook.exchanges import redaction
from offhook.webhooks.asking import WebhookError
from offhook.webhooks.ports import Alert


def alert_of(problem: WebhookError) -> Alert:
    """The alert for a failed webhook: what was asked, what came back, which of Twilio's errors it is."""
    question, response = problem.question, problem.response
    variables = redaction.body(urlencode(question.parameters).encode())
    headers = urlencode(redaction.headers(response.headers)) if response else ""
    return Alert(
        account_sid=question.account_sid,
        error_code=problem.code,
        text=str(problem),
        resource_sid=question.resource_sid,
        request_method=question.method,
        request_url=redaction.url(question.url),
        request_variables=variables,
        response_headers=headers,
        response_body=redaction.body(response.body) if response else "",
    )

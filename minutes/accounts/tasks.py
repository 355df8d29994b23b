"""The task of the workers that records a request of a new password and mails the link."""

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from minutes.accounts.forgotten_password import MAIL_TASK, mail_links, record_request


# The mail server may be away for some minutes.
@app.task(name=MAIL_TASK, retry=RetryStrategy(max_attempts=5, exponential_wait=4), pass_context=True)
def mail_new_password(context: JobContext, email: str, site: str, requested_from: str = "") -> None:
    if not context.job.attempts:
        record_request(email, requested_from)
    mail_links(email, site)

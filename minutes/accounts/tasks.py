"""The task of the workers that mails links to a new password."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from minutes.accounts.forgotten_password import MAIL_TASK, mail_links


# The mail server may be away for some minutes.
@app.task(name=MAIL_TASK, retry=RetryStrategy(max_attempts=5, exponential_wait=4))
def mail_new_password(email: str, site: str) -> None:
    mail_links(email, site)

"""Sends queued mails in the test's own process."""

from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from minutes.accounts.forgotten_password import MAIL_TASK
from minutes.accounts.tasks import mail_new_password


def send_queued_mails() -> None:
    """Send the waiting links to new passwords as a worker does."""
    jobs = ProcrastinateJob.objects.filter(task_name=MAIL_TASK, status="todo").order_by("pk")
    for args in list(jobs.values_list("args", flat=True)):
        mail_new_password(**args)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE task_name = %s", [MAIL_TASK])

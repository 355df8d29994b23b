"""Sends queued mails in the test's own process."""

import time

from django.db import connection
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from minutes.accounts.forgotten_password import MAIL_TASK
from minutes.accounts.tasks import mail_new_password


def send_queued_mails(attempts: int = 0) -> None:
    """Send the waiting links to new passwords as a worker does, after so many failed attempts."""
    jobs = ProcrastinateJob.objects.filter(task_name=MAIL_TASK, status="todo").order_by("pk")
    for row in list(jobs):
        job = row.procrastinate_job.evolve(attempts=attempts)
        context = JobContext(app=app, job=job, start_timestamp=time.time(), abort_reason=lambda: None)
        mail_new_password(context, **row.args)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE task_name = %s", [MAIL_TASK])

"""Tasks of the workers: `manage.py procrastinate worker` runs them."""

from asgiref.sync import sync_to_async
from django.contrib.auth import get_user_model
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from minutes import publishing
from minutes.importer import queue
from minutes.models import NameRedaction
from minutes.publishing import CARRY_OUT_TASK, audit_log, carry_out

# A worker without a heartbeat for so long has died.
_SECONDS_WITHOUT_HEARTBEAT = 30
# Seconds in which a name is redacted; some hundred meetings take minutes.
_SECONDS_FOR_A_NAME = 3600


# The database may be away for some minutes.
@app.task(
    name=queue.IMPORT_TASK,
    pass_context=True,
    retry=RetryStrategy(max_attempts=queue.MAX_ATTEMPTS, exponential_wait=3),
)
def import_queued_file(context: JobContext, file_id: int) -> None:
    queue.import_queued(file_id, is_last_attempt=context.job.attempts + 1 >= queue.MAX_ATTEMPTS)


@app.periodic(cron="* * * * *")
@app.task(name="retry_interrupted", queueing_lock="retry_interrupted")
async def retry_interrupted(timestamp: int) -> None:
    await retry_jobs_of_dead_workers(_SECONDS_WITHOUT_HEARTBEAT)


async def retry_jobs_of_dead_workers(seconds_since_heartbeat: float) -> int:
    """Queue the jobs of workers without a heartbeat again; return their number."""
    jobs = list(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=seconds_since_heartbeat))
    for job in jobs:
        await app.job_manager.retry_job(job)
    return len(jobs)


@app.task(name=CARRY_OUT_TASK)
def carry_out_name(redaction_id: int, user_id: int) -> None:
    """Redact a name in the meetings for which the user's request had no time."""
    redaction = NameRedaction.objects.filter(pk=redaction_id, finished_at=None).first()
    if redaction:
        user = get_user_model().objects.filter(pk=user_id).first()
        carry_out(redaction, by=user, seconds=_SECONDS_FOR_A_NAME)


@app.periodic(cron="17 3 * * *")
@app.task(name="delete_old_uploads", queueing_lock="delete_old_uploads")
async def delete_old_uploads(timestamp: int) -> None:
    await sync_to_async(queue.delete_old_uploads)(queue.STORED)


@app.periodic(cron="37 3 * * *")
@app.task(name="delete_old_audit_entries", queueing_lock="delete_old_audit_entries")
async def delete_old_audit_entries(timestamp: int) -> None:
    await sync_to_async(audit_log.delete_expired)()


@app.periodic(cron="* * * * *")
@app.task(name="publish_planned", queueing_lock="publish_planned")
async def publish_planned(timestamp: int) -> None:
    await sync_to_async(publishing.publish_due)()

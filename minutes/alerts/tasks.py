"""Tasks of the workers: mails that are due every minute, and what is too old once a day."""

from asgiref.sync import sync_to_async
from procrastinate.contrib.django import app

from minutes.alerts.delivery import send_due
from minutes.alerts.following import delete_old


@app.periodic(cron="* * * * *")
@app.task(name="send_alerts", queueing_lock="send_alerts")
async def send_alerts(timestamp: int) -> None:
    await sync_to_async(send_due)()


@app.periodic(cron="29 3 * * *")
@app.task(name="delete_old_alerts", queueing_lock="delete_old_alerts")
async def delete_old_alerts(timestamp: int) -> None:
    await sync_to_async(delete_old)()

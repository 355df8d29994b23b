from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("minutes", "0003_search")]

    operations = [
        migrations.AddField(
            model_name="agendaitem",
            name="case_officer",
            field=models.CharField(blank=True, max_length=100, verbose_name="sagsbehandler"),
        ),
    ]

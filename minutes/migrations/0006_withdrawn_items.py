from django.db import migrations, models

OUTCOMES = [
    ("approved", "Godkendt"),
    ("noted", "Taget til efterretning"),
    ("recommended", "Anbefalet"),
    ("discussed", "Drøftet"),
    ("postponed", "Udsat"),
    ("rejected", "Forkastet"),
    ("withdrawn", "Taget af dagsordenen"),
    ("other", "Anden beslutning"),
    ("none", "Ingen beslutning"),
]


class Migration(migrations.Migration):
    dependencies = [("minutes", "0005_public_texts")]

    operations = [
        migrations.AlterField(
            model_name="agendaitem",
            name="outcome",
            field=models.CharField(choices=OUTCOMES, default="none", max_length=15, verbose_name="udfald"),
        ),
        migrations.AlterField(
            model_name="searchentry",
            name="outcome",
            field=models.CharField(choices=OUTCOMES, max_length=15, verbose_name="udfald"),
        ),
    ]

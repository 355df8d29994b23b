"""The 98 municipalities since the reform of 2007: code, name, address and region.

Facts from Danmarks Statistik's list "Regioner, landsdele og kommuner". Stands on its own: a migration
imports nothing that changes.
"""

from django.db import migrations

MUNICIPALITIES = (
    ("101", "København", "koebenhavn", "Hovedstaden"),
    ("147", "Frederiksberg", "frederiksberg", "Hovedstaden"),
    ("151", "Ballerup", "ballerup", "Hovedstaden"),
    ("153", "Brøndby", "broendby", "Hovedstaden"),
    ("155", "Dragør", "dragoer", "Hovedstaden"),
    ("157", "Gentofte", "gentofte", "Hovedstaden"),
    ("159", "Gladsaxe", "gladsaxe", "Hovedstaden"),
    ("161", "Glostrup", "glostrup", "Hovedstaden"),
    ("163", "Herlev", "herlev", "Hovedstaden"),
    ("165", "Albertslund", "albertslund", "Hovedstaden"),
    ("167", "Hvidovre", "hvidovre", "Hovedstaden"),
    ("169", "Høje-Taastrup", "hoeje-taastrup", "Hovedstaden"),
    ("173", "Lyngby-Taarbæk", "lyngby-taarbaek", "Hovedstaden"),
    ("175", "Rødovre", "roedovre", "Hovedstaden"),
    ("183", "Ishøj", "ishoej", "Hovedstaden"),
    ("185", "Tårnby", "taarnby", "Hovedstaden"),
    ("187", "Vallensbæk", "vallensbaek", "Hovedstaden"),
    ("190", "Furesø", "furesoe", "Hovedstaden"),
    ("201", "Allerød", "alleroed", "Hovedstaden"),
    ("210", "Fredensborg", "fredensborg", "Hovedstaden"),
    ("217", "Helsingør", "helsingoer", "Hovedstaden"),
    ("219", "Hillerød", "hilleroed", "Hovedstaden"),
    ("223", "Hørsholm", "hoersholm", "Hovedstaden"),
    ("230", "Rudersdal", "rudersdal", "Hovedstaden"),
    ("240", "Egedal", "egedal", "Hovedstaden"),
    ("250", "Frederikssund", "frederikssund", "Hovedstaden"),
    ("253", "Greve", "greve", "Sjælland"),
    ("259", "Køge", "koege", "Sjælland"),
    ("260", "Halsnæs", "halsnaes", "Hovedstaden"),
    ("265", "Roskilde", "roskilde", "Sjælland"),
    ("269", "Solrød", "solroed", "Sjælland"),
    ("270", "Gribskov", "gribskov", "Hovedstaden"),
    ("306", "Odsherred", "odsherred", "Sjælland"),
    ("316", "Holbæk", "holbaek", "Sjælland"),
    ("320", "Faxe", "faxe", "Sjælland"),
    ("326", "Kalundborg", "kalundborg", "Sjælland"),
    ("329", "Ringsted", "ringsted", "Sjælland"),
    ("330", "Slagelse", "slagelse", "Sjælland"),
    ("336", "Stevns", "stevns", "Sjælland"),
    ("340", "Sorø", "soroe", "Sjælland"),
    ("350", "Lejre", "lejre", "Sjælland"),
    ("360", "Lolland", "lolland", "Sjælland"),
    ("370", "Næstved", "naestved", "Sjælland"),
    ("376", "Guldborgsund", "guldborgsund", "Sjælland"),
    ("390", "Vordingborg", "vordingborg", "Sjælland"),
    ("400", "Bornholm", "bornholm", "Hovedstaden"),
    ("410", "Middelfart", "middelfart", "Syddanmark"),
    ("420", "Assens", "assens", "Syddanmark"),
    ("430", "Faaborg-Midtfyn", "faaborg-midtfyn", "Syddanmark"),
    ("440", "Kerteminde", "kerteminde", "Syddanmark"),
    ("450", "Nyborg", "nyborg", "Syddanmark"),
    ("461", "Odense", "odense", "Syddanmark"),
    ("479", "Svendborg", "svendborg", "Syddanmark"),
    ("480", "Nordfyns", "nordfyns", "Syddanmark"),
    ("482", "Langeland", "langeland", "Syddanmark"),
    ("492", "Ærø", "aeroe", "Syddanmark"),
    ("510", "Haderslev", "haderslev", "Syddanmark"),
    ("530", "Billund", "billund", "Syddanmark"),
    ("540", "Sønderborg", "soenderborg", "Syddanmark"),
    ("550", "Tønder", "toender", "Syddanmark"),
    ("561", "Esbjerg", "esbjerg", "Syddanmark"),
    ("563", "Fanø", "fanoe", "Syddanmark"),
    ("573", "Varde", "varde", "Syddanmark"),
    ("575", "Vejen", "vejen", "Syddanmark"),
    ("580", "Aabenraa", "aabenraa", "Syddanmark"),
    ("607", "Fredericia", "fredericia", "Syddanmark"),
    ("615", "Horsens", "horsens", "Midtjylland"),
    ("621", "Kolding", "kolding", "Syddanmark"),
    ("630", "Vejle", "vejle", "Syddanmark"),
    ("657", "Herning", "herning", "Midtjylland"),
    ("661", "Holstebro", "holstebro", "Midtjylland"),
    ("665", "Lemvig", "lemvig", "Midtjylland"),
    ("671", "Struer", "struer", "Midtjylland"),
    ("706", "Syddjurs", "syddjurs", "Midtjylland"),
    ("707", "Norddjurs", "norddjurs", "Midtjylland"),
    ("710", "Favrskov", "favrskov", "Midtjylland"),
    ("727", "Odder", "odder", "Midtjylland"),
    ("730", "Randers", "randers", "Midtjylland"),
    ("740", "Silkeborg", "silkeborg", "Midtjylland"),
    ("741", "Samsø", "samsoe", "Midtjylland"),
    ("746", "Skanderborg", "skanderborg", "Midtjylland"),
    ("751", "Aarhus", "aarhus", "Midtjylland"),
    ("756", "Ikast-Brande", "ikast-brande", "Midtjylland"),
    ("760", "Ringkøbing-Skjern", "ringkoebing-skjern", "Midtjylland"),
    ("766", "Hedensted", "hedensted", "Midtjylland"),
    ("773", "Morsø", "morsoe", "Nordjylland"),
    ("779", "Skive", "skive", "Midtjylland"),
    ("787", "Thisted", "thisted", "Nordjylland"),
    ("791", "Viborg", "viborg", "Midtjylland"),
    ("810", "Brønderslev", "broenderslev", "Nordjylland"),
    ("813", "Frederikshavn", "frederikshavn", "Nordjylland"),
    ("820", "Vesthimmerlands", "vesthimmerlands", "Nordjylland"),
    ("825", "Læsø", "laesoe", "Nordjylland"),
    ("840", "Rebild", "rebild", "Nordjylland"),
    ("846", "Mariagerfjord", "mariagerfjord", "Nordjylland"),
    ("849", "Jammerbugt", "jammerbugt", "Nordjylland"),
    ("851", "Aalborg", "aalborg", "Nordjylland"),
    ("860", "Hjørring", "hjoerring", "Nordjylland"),
)


def create(apps, schema_editor):
    municipality = apps.get_model("minutes", "Municipality")
    municipality.objects.bulk_create(
        municipality(code=code, name=name, slug=slug, region=region)
        for code, name, slug, region in MUNICIPALITIES
    )


def remove(apps, schema_editor):
    codes = [code for code, _name, _slug, _region in MUNICIPALITIES]
    apps.get_model("minutes", "Municipality").objects.filter(code__in=codes).delete()


class Migration(migrations.Migration):
    dependencies = (("minutes", "0001_initial"),)
    operations = (migrations.RunPython(create, remove),)

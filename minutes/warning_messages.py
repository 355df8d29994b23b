"""The Danish wording of the reader's warnings and doubts, which are codes with parameters."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minutes.reader.records import Doubt, Warning

# "%(item)s" is composed of the parameters number and title.
MESSAGES: Mapping[str, Promise] = {
    "no_committee": gettext_lazy("Udvalget blev ikke fundet i hovedet."),
    "no_date": gettext_lazy("Mødets dato blev ikke fundet i hovedet."),
    "no_items": gettext_lazy("Der blev ikke fundet nogen punkter."),
    "contents_differ": gettext_lazy("Indholdsfortegnelsen har %(contents)s punkter, teksten %(items)s."),
    "unreadable": gettext_lazy("En ulæselig linje."),
    "empty_item": gettext_lazy("%(item)s har ingen tekst."),
    "no_decision": gettext_lazy("%(item)s har ingen beslutning."),
    "cut_off": gettext_lazy("Teksten ser ud til at være afbrudt."),
    "closed_sign_in_open_item": gettext_lazy(
        "%(item)s er læst som åbent, men teksten nævner noget lukket eller fortroligt."
    ),
    "closed_sign_unplaced": gettext_lazy(
        "Noget er behandlet for lukkede døre, men det er ikke sikkert, hvilket punkt det gælder."
    ),
    "municipality_conflict": gettext_lazy(
        "Teksten peger på to kommuner: %(first)s og %(other)s. Kontrollér, hvis referat det er."
    ),
    "result_against_counts": gettext_lazy(
        "%(item)s: Resultatet af en afstemning passer ikke til stemmetallene."
    ),
    "unknown_form": gettext_lazy("Teksten har en form, som læseren ikke kender."),
    "weekday_conflict": gettext_lazy("Ugedagen passer ikke til datoen %(date)s."),
    "date_conflict": gettext_lazy("Mødet har to datoer: %(first)s og %(other)s."),
    "committee_conflict": gettext_lazy("To udvalg er nævnt som mødets: %(first)s og %(other)s."),
    "time_conflict": gettext_lazy("Mødet har to tidspunkter: %(first)s og %(other)s."),
    "people_uncertain": gettext_lazy(
        "Det er ikke sikkert, hvem der er til stede, og hvem der mangler (”%(first)s” eller ”%(other)s”)."
    ),
    "people_unread": gettext_lazy("Navne i listen over deltagere er ikke læst: %(names)s."),
    "namesakes": gettext_lazy(
        "Samme navn står to gange i listen over deltagere: %(names)s. Er det to personer?"
    ),
    "people_odd": gettext_lazy("Noget i listen over deltagere ligner ikke et navn: %(names)s."),
    "viewer_text": gettext_lazy("Teksten er fra en PDF-viser, hvor linjerne er gået tabt."),
    "lines_lost": gettext_lazy("Tekstens linjer er gået tabt: overskrifterne står inde i afsnit."),
    "item_without_number": gettext_lazy("%(item)s har intet nummer, selv om andre punkter har."),
    "items_without_headings": gettext_lazy(
        "Intet punkt har et nummer eller en titel. Det er usikkert, hvor punkterne begynder."
    ),
    "decision_mixed": gettext_lazy("%(item)s: Der står andet end beslutningen i den."),
    "draft": gettext_lazy("Dokumentet kalder sig et udkast eller foreløbigt."),
    "recognised_text": gettext_lazy(
        "Teksten er læst af billeder af siderne (OCR). Bogstaver og tal kan være læst forkert."
    ),
    "numbers_missing": gettext_lazy("Der mangler numre mellem punkterne: %(numbers)s."),
    "number_above_items": gettext_lazy("Punkt %(missing)s nævnes over det første punkt, men er ikke fundet."),
    "item_long": gettext_lazy("%(item)s er meget længere end de andre. Er der flere punkter i det?"),
    "no_decisions": gettext_lazy("Intet punkt har en beslutning, selv om dokumentet er et referat."),
    "two_decisions": gettext_lazy(
        "%(item)s har to beslutninger. Den ene kan være et andet udvalgs eller punkts."
    ),
    "decision_missing": gettext_lazy(
        "%(item)s har ingen beslutning, selv om teksten tyder på, at der blev eller skulle træffes en."
    ),
    "names_against_counts": gettext_lazy("%(item)s: Navnene i en afstemning passer ikke til stemmetallene."),
    "name_on_two_sides": gettext_lazy("%(item)s: Samme navn står på to sider i en afstemning."),
    "more_votes_than_members": gettext_lazy(
        "%(item)s: En afstemning har flere stemmer, end der er medlemmer."
    ),
    "voters_unread": gettext_lazy("%(item)s: En liste over stemmer er ikke læst helt."),
    "vote_unread": gettext_lazy("%(item)s: Beslutningen nævner stemmer, som ikke er læst som en afstemning."),
    "label_unread": gettext_lazy("Værdien ud for ”%(label)s” er ikke læst."),
    "people_left_out": gettext_lazy("Navne i listen over deltagere mangler: %(names)s."),
    "present_and_absent": gettext_lazy("Læst som til stede, men listen siger fraværende: %(names)s."),
    "committee_odd": gettext_lazy("”%(committee)s” ligner ikke hele udvalgets navn."),
    "place_odd": gettext_lazy("”%(place)s” ligner ikke et mødested."),
    "substitute_unread": gettext_lazy("Teksten nævner en stedfortræder, som ikke er læst."),
    "items_uncertain": gettext_lazy("Det er usikkert, hvor punkterne begynder."),
    "listed_unread": gettext_lazy(
        "Indholdsfortegnelsen har punkter, som ikke er fundet i teksten: %(numbers)s."
    ),
    "cancelled_uncertain": gettext_lazy(
        "Mødet er læst som aflyst, men teksten ser ud til at være et referat."
    ),
    "cancelled_in_item": gettext_lazy("%(item)s siger, at mødet er aflyst. Blev det holdt?"),
    "outcome_unclear": gettext_lazy("%(item)s: Det er usikkert, hvad der blev besluttet."),
    "title_odd": gettext_lazy("%(item)s: Titlen ligner ikke en titel."),
    "title_inside_item": gettext_lazy("%(item)s: Inde i punktet står titlen på et andet punkt."),
    "case_unread": gettext_lazy("%(item)s: Et sagsnummer er ikke læst."),
    "absence_unread": gettext_lazy("%(item)s: En linje med fraværende er ikke læst."),
    "recusal_unread": gettext_lazy("%(item)s: Teksten nævner en inhabilitet, som ikke er læst."),
    "referral_unread": gettext_lazy(
        "%(item)s: Beslutningen nævner, at sagen er begæret indbragt, men ikke af hvem."
    ),
    "open_sign_in_closed_item": gettext_lazy("%(item)s er læst som lukket, men teksten siger åbent."),
    "text_before_items": gettext_lazy(
        "Over det første punkt står tekst, der ligner et punkt, som ikke er fundet."
    ),
    "text_after_end": gettext_lazy("Under referatets afslutning står tekst, der ligner et punkt."),
    # Of the import (`publishing.doubts`).
    "other_municipality": gettext_lazy(
        "Teksten er fra %(printed)s Kommune, men lagt under %(stored)s. Flyt mødet, eller kassér dokumentet."
    ),
    "same_day": gettext_lazy(
        "Udvalget har allerede et møde den dag. Er det en ny udgave, et tillæg eller et andet møde?"
    ),
    "fewer_items": gettext_lazy(
        "Dokumentet har %(items)s punkter, den gældende udgave %(current)s. Er det kun en delvis rettelse?"
    ),
    "closed_by_staff": gettext_lazy(
        "Punkt %(address)s er lukket ved en rettelse, men kan ikke genkendes sikkert i denne udgave. "
        "Træk mødet tilbage, før du tager udgaven i brug, og kontrollér, hvilke punkter der er lukkede."
    ),
}


def message_of(notice: Warning | Doubt) -> str:
    """Return the message of a warning or a doubt in the active language.

    One that was stored by a reader before version 5 is returned in the words it was stored with; a code that
    is not known here, as of a later version, is returned as it is.
    """
    params = notice.params
    if notice.code not in MESSAGES or "message" in params:
        return params.get("message") or notice.code
    if "number" in params:
        number, title = params["number"], params["title"]
        params = {**params, "item": _("Punkt %s") % number if number else _("”%s”") % title}
    return str(MESSAGES[notice.code]) % params

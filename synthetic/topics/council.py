"""Cases of the council itself."""

from minutes.vocabulary import Outcome
from synthetic.topics.topic import Topic

TOPICS = (
    Topic(
        "00.22.02-P35",
        "Revision af styrelsesvedtægten",
        "Udvalgenes opgaver foreslås ændret, så klima og natur samles ét sted. Sagen er til første behandling.",
        (
            "Ændringen berører {m} udvalg. Antallet af medlemmer og honorarerne er uændrede.",
            "Styrelsesvedtægten skal behandles to gange i {raad} med mindst seks dages mellemrum.",
        ),
        ("ændringen godkendes og oversendes til anden behandling",),
        "",
        ("Styrelsesvedtægt med ændringer",),
        vote_probability=0.4,
    ),
    Topic(
        "00.30.10-S00",
        "Budget {naeste}, første behandling",
        "Forslaget til budget for {naeste} og de tre følgende år forelægges til første behandling.",
        (
            "Budgetforslaget bygger på uændret skat. Der er et underskud på den ordinære drift på {kr2}, som "
            "partierne skal forhandle om frem mod anden behandling.",
            "Frist for ændringsforslag er den 1. oktober. Høringssvar fra råd, bestyrelser og medarbejdere "
            "sendes til alle medlemmer.",
        ),
        ("budgetforslaget oversendes til anden behandling",),
        "De samlede driftsudgifter er {kr}.",
        ("Budgetforslag {naeste}", "Tidsplan"),
        vote_probability=0.5,
        has_budget_table=True,
    ),
    Topic(
        "00.01.10-K02",
        "Forslag om borgerbudget i {sted}",
        "Der er stillet forslag om, at borgerne i {sted} kan bestemme over en pulje til mindre anlæg.",
        (
            "Forslagsstilleren peger på gode erfaringer fra andre byer, hvor flere har deltaget end ved "
            "almindelige borgermøder.",
            "Forvaltningen bemærker, at ordningen kræver en medarbejder på halv tid i {m} måneder.",
        ),
        ("forslaget drøftes",),
        "Forslaget indebærer en pulje på {kr3}.",
        ("Forslag til {raad}",),
        vote_probability=0.7,
    ),
    Topic(
        "00.01.00-A21",
        "Valg af medlem til Hegnssynet",
        "Et medlem af Hegnssynet er flyttet fra kommunen, og {raad} skal vælge et nyt for resten af perioden.",
        ("Medlemmet skal bo i kommunen og have kendskab til markskel og hegn.",),
        ("der vælges et nyt medlem",),
        "",
        (),
        vote_probability=0.03,
    ),
    Topic(
        "00.07.02-P35",
        "Redegørelse for borgerrådgiverens virksomhed i {aar}",
        "Borgerrådgiveren har modtaget {stor} henvendelser. Årsberetningen forelægges {raad}.",
        (
            "De fleste henvendelser handler om ventetid og om afgørelser, der er svære at forstå. {pct} pct. "
            "blev løst ved en samtale med forvaltningen.",
            "Borgerrådgiveren anbefaler, at breve om afslag bliver kortere, og at der altid står et navn og et "
            "telefonnummer på.",
        ),
        ("beretningen tages til efterretning",),
        "",
        ("Årsberetning {aar}",),
        final_outcome=Outcome.NOTED,
        vote_probability=0.03,
    ),
)

# Paragraphs for any case of the area.
BACKGROUND = (
    "Sagen forelægges {raad} direkte, fordi kompetencen efter styrelsesvedtægten ligger her.",
    "Materialet har været fremlagt til gennemsyn for medlemmerne på sædvanlig måde siden dagsordenens "
    "udsendelse.",
)

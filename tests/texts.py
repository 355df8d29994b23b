"""Whole minutes as text, in the form of the seeds' system, with invented content."""

from datetime import date
from pathlib import Path

from minutes.reader.dates import MONTHS

_WEEKDAYS = ("Man", "Tirs", "Ons", "Tors", "Fre", "Lør", "Søn")


def minutes(
    *titles: str,
    municipality: str = "Randers",
    committee: str = "Beskæftigelsesudvalget",
    day: str = "14-01-2020",
    decision: str = "Godkendt.",
    time: str = "16:00",
) -> str:
    """A meeting with an item for each title, all with the same decision."""
    titles = titles or ("Godkendelse af dagsorden", "Nyt varmeværk ved havnen")
    contents = "\n".join(f"{title}.....{page}" for page, title in enumerate(titles, start=3))
    return (
        f"\n\nREFERAT {committee} d. {day}\n\n"
        f"Mødedato {_weekday(day)} d. {_spelled(day)} kl. {time}\n\nMødested Rådhuset, mødelokale 2\n\n"
        f"Indholdsfortegnelse\n\n{contents}\n\n"
        + "\n\n".join(
            f"Punkt {number}: {title}\n\n15.20.00-P35-{number}-19\n\nResume\n\n"
            f"{municipality} Kommune har arbejdet med sagen om {title.lower()} siden foråret. "
            f"{municipality} Kommune afsætter 1.250.000 kr.\n\n"
            "Indstilling\n\nForvaltningen indstiller til udvalget,\n\n1. at indstillingen godkendes.\n\n"
            f"Beslutning\n\n{decision}\n\n"
            f"Sagsfremstilling\n\n{municipality} Kommune har holdt to møder med naboerne.\n\n"
            "Bilag\n\nNotat om sagen"
            for number, title in enumerate(titles, start=1)
        )
        + "\n"
    )


def folder_of(folder: Path, count: int) -> Path:
    """`folder` with `count` minutes of the months from January 2015, each of another month."""
    for number in range(count):
        day = f"{number % 28 + 1:02}-{number % 12 + 1:02}-{2010 + number // 12}"
        titles = [f"Sag {number} om emne {topic}" for topic in range(1, 6)]
        (folder / f"{number:04}.txt").write_text(minutes(*titles, day=day), encoding="utf-8")
    return folder


def _weekday(day: str) -> str:
    number, month, year = map(int, day.split("-"))
    return f"{_WEEKDAYS[date(year, month, number).weekday()]}dag"


def _spelled(day: str) -> str:
    number, month, year = day.split("-")
    return f"{number}. {MONTHS[int(month) - 1]} {year}"

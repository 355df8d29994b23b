"""Names of members with the difficulties of real ones: initials, abbreviations, hyphens, foreign letters."""

from random import Random

from synthetic.municipalities import person_name
from synthetic.names import FIRST_NAMES, LAST_NAMES

_PLAIN_SHARE = 0.8
_ABBREVIATED = ("Chr.", "Kr.", "Fr.", "Th.", "Joh.")
_INITIALS = "ABCEFGHJKLMPS"
_FOREIGN = (
    "Zeynep Yıldız",
    "Ömer Çelik",
    "Łukasz Kowalski",
    "Željko Đorđević",
    "Ása á Heygum",
    "Óli Þórsson",
    "Nadia el-Masri",
    "Yusuf Abdi Warsame",
    "Cédric Lefèvre",
    "Ștefan Ionescu",
)


def invent_name(random: Random) -> str:
    """Return the name of a member, four of five times a plain one."""
    if random.random() < _PLAIN_SHARE:
        return person_name(random)
    first, last = random.choice(FIRST_NAMES), random.choice(LAST_NAMES)
    return random.choice(
        (
            f"{first} {random.choice(_ABBREVIATED)} {last}",
            f"{random.choice(_INITIALS)}. {random.choice(_INITIALS)}. {last}",
            f"{first} {random.choice(_INITIALS)}. {last}",
            f"{first} {last}-{random.choice(LAST_NAMES)}",
            f"{first} {random.choice(LAST_NAMES)} {last}",
            random.choice(_FOREIGN),
        )
    )

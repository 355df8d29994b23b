"""What the invented councils talk about: for each field of a committee, matters with their texts.

Slots in braces are filled for each matter: {kommune}, {by} and {sted} (places), {vej}, {firma}, {aar} and
{naeste} (years), {n}, {m} (small numbers), {stor} (a large one), {pct}, {pct2}, {kr}, {kr2}, {kr3}
(amounts), {udvalg} and {raad} (the committee and the council in running text).
"""

from synthetic.topics import children, council, culture, employment, finance, health, technical
from synthetic.topics.topic import Field, Topic

__all__ = ["BACKGROUND", "TOPICS", "Field", "Topic"]

_ROOMS = {
    Field.CHILDREN: children,
    Field.HEALTH: health,
    Field.TECHNICAL: technical,
    Field.CULTURE: culture,
    Field.EMPLOYMENT: employment,
    Field.FINANCE: finance,
    Field.COUNCIL: council,
}
TOPICS = {field: room.TOPICS for field, room in _ROOMS.items()}
BACKGROUND = {field: room.BACKGROUND for field, room in _ROOMS.items()}

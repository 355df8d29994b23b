"""Kinds of cases of each policy area, with their texts.

Slots: {kommune}, {by} and {sted} (places), {vej}, {firma}, {aar} and {naeste} (years), {n}, {m} (small
numbers), {stor} (a large number), {pct}, {pct2}, {kr}, {kr2}, {kr3} (amounts), {udvalg} and {raad} (the
committee and the council in running text).
"""

from synthetic.topics import children, council, culture, employment, finance, health, technical
from synthetic.topics.topic import PolicyArea, Topic

__all__ = ["BACKGROUND", "TOPICS", "PolicyArea", "Topic"]

_MODULES = {
    PolicyArea.CHILDREN: children,
    PolicyArea.HEALTH: health,
    PolicyArea.TECHNICAL: technical,
    PolicyArea.CULTURE: culture,
    PolicyArea.EMPLOYMENT: employment,
    PolicyArea.FINANCE: finance,
    PolicyArea.COUNCIL: council,
}
TOPICS = {area: module.TOPICS for area, module in _MODULES.items()}
BACKGROUND = {area: module.BACKGROUND for area, module in _MODULES.items()}

"""The tile map of Denmark: one square for each of the 98 municipalities, placed about as they lie."""

from collections.abc import Mapping
from dataclasses import dataclass

# Municipality codes; a dot is water or no municipality.
_GRID = """
 .   .   .  860 813  .   .   .   .   .   .   .   .   .   .   .   .   .   .
 .   .  849 810 851  .  825  .   .   .   .   .   .   .   .   .   .   .   .
 .  787 773 820 840  .   .   .   .   .   .   .   .   .   .   .   .   .   .
665 671 779 791 846 730 707  .   .   .   .   .   .  260 270  .  217  .   .
 .  661 657 740 710 751 706  .   .   .   .   .   .  250 219 210 223  .   .
 .  760 756 615 746 727  .  741  .   .   .   .   .  240 201 230 173  .   .
 .  573 530 630 766  .   .   .   .   .   .  306 350 151 190 159 157  .   .
563 561 575 621 607  .  410 480 440  .  326 316 265 169 163 175 147 101  .
 .   .  510  .   .   .  420 461 450  .  330 340 253 165 161 153 167 185  .
 .  550 580 540  .   .   .  430 479  .   .  329 269 183 187  .   .  155  .
 .   .   .   .   .   .   .  492 482  .   .  370 259 336  .   .   .   .  400
 .   .   .   .   .   .   .   .   .   .   .  390 320  .   .   .   .   .   .
 .   .   .   .   .   .   .   .   .   .  360 376  .   .   .   .   .   .   .
"""
# (column, row) from the upper left corner, by code.
PLACES = {
    code: (column, row)
    for row, line in enumerate(_GRID.strip("\n").splitlines())
    for column, code in enumerate(line.split())
    if code != "."
}
COLUMNS = 1 + max(column for column, _row in PLACES.values())
ROWS = 1 + max(row for _column, row in PLACES.values())
# The least number of meetings of each shade but the first, which is for none.
SHADES = (1, 10, 100, 500)


@dataclass(frozen=True)
class Tile:
    """A square of the map: its corner in units of a square, and a shade from 0 for no meetings."""

    name: str
    address: str
    meetings: int
    x: int
    y: int

    @property
    def shade(self) -> int:
        return sum(self.meetings >= least for least in SHADES)

    @property
    def label(self) -> str:
        return self.name[:3]


def tiles(names: Mapping[str, str], archived: Mapping[str, tuple[str, int]]) -> list[Tile]:
    """Return the tiles of the map.

    `names` are those of the municipalities by code, `archived` the address and number of meetings of those
    with published meetings. Codes that are not on the map are left out.
    """
    return [
        Tile(names[code], *archived.get(code, ("", 0)), x, y)
        for code, (x, y) in PLACES.items()
        if code in names
    ]

"""Writes a gazetteer of the streets and villages that synthetic minutes mention."""

from synthetic.names import STREETS, VILLAGES


def gazetteer() -> str:
    """Return the streets and villages as CSV, in the columns of `import_places`."""
    lines = [*(f"{name};vej" for name in STREETS), *(f"{name};sted" for name in VILLAGES)]
    return "\n".join(["navn;type", *lines, ""])

"""Messages in Danish to staff about a file that was not read whole."""

CHANGES = "Dokumentet har registrerede ændringer; teksten er læst, som om de er godkendt."
COMMENTS = "Kommentarer i dokumentet er udeladt."
FOOTNOTES = "Fodnoter i dokumentet er udeladt."
HIDDEN = "Skjult tekst i dokumentet er udeladt."
EMBEDDED = "En fil, der er indlejret i dokumentet, er udeladt."

LEFT_OUT = frozenset({CHANGES, COMMENTS, FOOTNOTES, HIDDEN, EMBEDDED})
"""The messages that say that something in the file is not in its text."""

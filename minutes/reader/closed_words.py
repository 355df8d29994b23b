"""The words that say that something was handled behind closed doors."""

import re

# "lukket", "L U K K E T", "Fortroligt", "ikke-offentlig", "for lukkede døre", "tavshedspligt ikke fraveget"
WORD = (
    r"(?:(?:for\s+|bag\s+)?lukkede\s+døre|for\s+lukket\s+dør"
    r"|l ?u ?k ?k ?e ?(?:t|d ?e)(?:\s+for\s+offentligheden)?|fortrolig(?:t|e)?"
    r"|(?:ikke|ej)[- ]?offentlig(?:t|e)?|undtaget\s+(?:fra\s+)?offentlighed(?:en)?"
    r"|(?:må\s+)?ikke\s+(?:til\s+)?offentliggør(?:es|else)"
    r"|tavshedspligt(?:en)?\s+(?:er\s+)?ikke\s+fraveget"
    r"|closed\s+(?:item|point|case|meeting|session)|confidential(?:\s+item)?)"
)
# What is closed: "lukket punkt", "lukkede sager", "lukket dagsorden"
ITEM = r"(?:dagsordens)?punkt(?:et|er|erne)?|sag(?:en|er|erne)?|p\s?u\s?n\s?k\s?t"
MEETING = r"(?:tillægs)?dagsorden(?:en)?|møde(?:t|del)?|del|afsnit|session"
TREATMENT = r"behandling|drøftelse|orientering"
PAPER = (
    r"(?:tillægs|møde|beslutnings)?referat(?:et)?|(?:tillægs)?dagsorden(?:en)?"
    r"|(?:beslutnings|møde)?protokol(?:len)?"
)
BY_LAW = r"(?:\s*[,;:(–-]*\s*(?:jf|jvf|jævnfør|efter|iht|i\s+henhold\s+til|i\s+medfør\s+af)\b.{0,80})?"
# "Lukket", "Lukket sag", "Fortroligt", "Lukket punkt, jf. styrelseslovens § 10"
PHRASE = rf"{WORD}(?:\s+(?:{ITEM}|{MEETING}|{PAPER}|{TREATMENT}))?{BY_LAW}"
# "lock" is the name of an icon.
ALONE = re.compile(rf"\W*(?:{PHRASE}|personsag(?:er)?|lock)\W*", re.IGNORECASE)
# "(LUKKET)", "[Lukket punkt]", "(for lukkede døre)"
# "(personfølsomt – fortroligt)", "(behandles for lukkede døre)": words beside the mark
_REASON = r"(?:person(?:følsom|sag)\w*\s*[-–,/]\s*|behandle[st]\w*\s+)?"
BRACKETED = re.compile(rf"[(\[{{<]\s*{_REASON}{PHRASE}\s*[)\]}}>]", re.IGNORECASE)
# "Ingen lukkede punkter", "Lukkede punkter: ingen", "Fortroligt: Nej"
NEGATED = re.compile(
    r"\b(?:ingen|ikke\s+nogen|intet|uden)\s+(?:lukke|fortrolig|ikke[- ]offentlig)"
    r"|(?:lukke|fortrolig|offentlig)\w*(?:\s+\w+){0,2}\s*[:–-]\s*(?:nej|ingen|intet|0)(?:\s+(?:punkter|sager|emner))?\W*$",
    re.IGNORECASE,
)
# The number of a heading and the mark behind it: "Punkt 2 (lukket): Køb", "2 [LUKKET] Køb", "12 L Køb"
LEAD = r"(?:[•·]\s*)?(?:(?:Dagsordenspunkt|Punkt|Pkt|Nr|Sag)\.?\s*(?:nr\.?\s*)?)?\d{1,4}[a-z]?"


def can_be_sign(text: str) -> bool:
    """Return True if `text` has any word that a sign of closedness has; a quick test before the others."""
    lower = text.lower()
    return (
        "lukk" in lower
        or "fortrolig" in lower
        or "ikke fraveget" in lower
        or "dørene" in lower
        or "closed " in lower
        or "confidential" in lower
        or "personsag" in lower
        or "personalesag" in lower
        or "§ 10" in lower
        or "§10" in lower
        or "(l)" in lower
        or "[l]" in lower
        or "l u k" in lower
        or "🔒" in lower
        or "\nlock\n" in f"\n{lower}\n"
        or ("offentlig" in lower and any(word in lower for word in ("ikke", "ej off", "undtaget", "uden")))
    )

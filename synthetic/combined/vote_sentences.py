"""Votes worded from parts: the result, the counts and the voters, each in a form of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from minutes.vocabulary import Outcome
from synthetic.deliberation import Deliberation
from synthetic.municipalities import Committee
from synthetic.paragraphs import Paragraph
from synthetic.votes import (
    EMPTY_SIDE,
    Side,
    Sides,
    Vote,
    ballot_paragraph,
    join_words,
    member_names,
    mover_label,
    name_with_party,
    party_name,
    sides_by_name,
    sides_by_party,
    size_only,
)

RESULTS = {
    Outcome.APPROVED: (
        "Godkendt",
        "Vedtaget",
        "Tiltrådt",
        "Indstillingen blev godkendt",
        "Indstillingen er vedtaget",
    ),
    Outcome.NOTED: ("Taget til efterretning", "Orienteringen blev taget til efterretning"),
    Outcome.RECOMMENDED: ("Anbefales godkendt", "Indstilles godkendt", "Indstillingen anbefales"),
    Outcome.REJECTED: (
        "Forkastet",
        "Forslaget blev forkastet",
        "Indstillingen blev forkastet",
        "Ikke godkendt",
    ),
}
# Slots: {result}, the numbers {yes} and {no}, and {blank} with its own words, empty if nobody abstained.
COUNTS = (
    "{result} med {yes} stemmer for og {no} stemmer imod{blank}.",
    "{result} med {yes} stemmer for og {no} imod{blank}.",
    "{result} med stemmerne {yes} for og {no} imod{blank}.",
    "{yes} stemte for, og {no} stemte imod{blank}. {result}.",
    "For stemte {yes}. Imod stemte {no}{blank}. {result}.",
    "Der var {yes} stemmer for og {no} stemmer imod{blank}. {result}.",
    "{yes} JA og {no} NEJ{blank}. {result}.",
    "Ved afstemning stemte {yes} for og {no} imod{blank}. {result}.",
    "{result}.",
)
LAYOUTS = ("sentence", "sentence", "lines", "line per voter")
BLANKS = (", mens {count} undlod at stemme", ", og {count} undlod at stemme")
# Slots: {voters}.
MINORITIES = {
    "no": ("Imod stemte {voters}.", "Imod stemte: {voters}.", "{voters} stemte imod."),
    "yes": ("For stemte {voters}.", "For stemte: {voters}.", "{voters} stemte for."),
}
MOTIONS = (
    "Et ændringsforslag fra {mover} om, at {motion},",
    "{mover} foreslog, at {motion}. Forslaget",
    "{mover} stillede forslag om, at {motion}. Forslaget",
)


@dataclass(frozen=True)
class VoteSentences:
    """The drawn wording of votes."""

    counts: str
    blank: str
    minority: int  # index into each of MINORITIES
    voters: str  # "letters", "party names", "names", "names with parties", "nobody"
    lists_both_sides: bool
    motion: str
    layout: str

    @property
    def name(self) -> str:
        form = self.counts if self.layout == "sentence" or self.voters == "nobody" else self.layout
        return f"{form} / {self.voters}"

    def __call__(self, random: Random, committee: Committee, deliberation: Deliberation) -> list[Paragraph]:
        """Return the paragraphs that report the votes on an item."""
        assert deliberation.main
        result = random.choice(RESULTS[deliberation.outcome])
        paragraphs = [self._vote(result, deliberation.main)]
        if vote := deliberation.amendment:
            motion = self.motion.format(mover=mover_label(vote), motion=vote.motion)
            text = f"{motion} blev forkastet med {len(vote.yes)} stemmer for og {len(vote.no)} imod."
            sides = Sides(size_only(vote.yes), size_only(vote.no))
            paragraphs.insert(0, ballot_paragraph(text, vote, sides))
        return paragraphs

    def _vote(self, result: str, vote: Vote) -> Paragraph:
        blank = self.blank.format(count=len(vote.abstained)) if vote.abstained else ""
        if self.layout != "sentence" and self.voters != "nobody":
            return self._lines(result, vote)
        text = self.counts.format(result=result, yes=len(vote.yes), no=len(vote.no), blank=blank)
        yes, no = size_only(vote.yes), size_only(vote.no)
        abstained = size_only(vote.abstained) if vote.abstained else EMPTY_SIDE
        if "{yes}" not in self.counts:
            return self._uncounted(text, vote)
        listed = ["yes", "no"] if self.lists_both_sides else ["no" if vote.carried else "yes"]
        by_side = {"yes": self._side(vote, 0), "no": self._side(vote, 1)}
        for side in listed:
            words = self._words(by_side[side])
            if words:
                text += " " + MINORITIES[side][self.minority].format(voters=join_words(words))
        if self.voters != "nobody":
            yes = by_side["yes"] if "yes" in listed else yes
            no = by_side["no"] if "no" in listed else no
        return ballot_paragraph(text, vote, Sides(yes, no, abstained))

    def _uncounted(self, text: str, vote: Vote) -> Paragraph:
        """Report the losing side only, without a number; names can be counted, parties cannot."""
        side, position = ("no", 1) if vote.carried else ("yes", 0)
        if self.voters == "nobody" or vote.abstained:
            text = f"{text[:-1]} med {len(vote.yes)} stemmer for og {len(vote.no)} imod."
            if vote.abstained:
                text += f" {len(vote.abstained)} undlod at stemme."
            return ballot_paragraph(text, vote, Sides(*map(size_only, (vote.yes, vote.no, vote.abstained))))
        losers = self._side(vote, position)
        if losers.parties:
            losers = losers._replace(size=None)
        text += " " + MINORITIES[side][self.minority].format(voters=join_words(self._words(losers)))
        return ballot_paragraph(
            text, vote, Sides(EMPTY_SIDE, losers) if vote.carried else Sides(losers, EMPTY_SIDE)
        )

    def _lines(self, result: str, vote: Vote) -> Paragraph:
        """Report each side in lines of its own: a label with the voters, or a line per voter."""
        labels = ("For stemte", "Imod stemte", "Undlod at stemme")
        sides, lines = [], []
        for position, (label, members) in enumerate(
            zip(labels, (vote.yes, vote.no, vote.abstained), strict=True)
        ):
            side = self._side(vote, position) if members else EMPTY_SIDE
            sides.append(side)
            if not members:
                continue
            if self.layout == "lines":
                lines.append(f"{label}: {len(members)} ({', '.join(self._words(side))})")
            else:
                lines += [f"{label} {len(members)}:", *self._words(side)]
        return ballot_paragraph("\n".join((*lines, f"{result}.")), vote, Sides(*sides))

    def _side(self, vote: Vote, position: int) -> Side:
        if self.voters.startswith("names"):
            return sides_by_name(vote)[position]
        label = party_name if self.voters == "party names" else None
        return (sides_by_party(vote, label) if label else sides_by_party(vote))[position]

    def _words(self, side: Side) -> Sequence[str]:
        if self.voters == "nobody":
            return ()
        if self.voters == "names":
            return member_names(side.members)
        return (*side.parties, *map(name_with_party, side.members))


def draw_vote_sentences(random: Random) -> VoteSentences:
    """Draw a wording of votes, each of its properties by itself."""
    return VoteSentences(
        counts=random.choice(COUNTS),
        blank=random.choice(BLANKS),
        minority=random.randrange(3),
        voters=random.choice(("letters", "party names", "names", "names with parties", "nobody")),
        lists_both_sides=random.random() < 0.3,
        motion=random.choice(MOTIONS),
        layout=random.choice(LAYOUTS),
    )

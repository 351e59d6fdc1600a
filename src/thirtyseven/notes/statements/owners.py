"""Puts a name in the place of "he", "his", "its" or "them" where the notes leave only one owner possible."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from thirtyseven.notes.known.knowledge import Knowledge
from thirtyseven.notes.language.dates import dates_of
from thirtyseven.notes.language.lexicon import Tag
from thirtyseven.notes.language.text import Origin, Statement, Token, tokens_of

_HE = frozenset({"he", "him", "his"})
_THEY = frozenset({"they", "them", "these", "those", "their"})
_OTHERS = re.compile(
    r"\b(?:grand\w+|great-\w+|uncle|aunt|neighbou?r|father|mother|brother|sister|son|cousin|friend|teacher|professor|author|"
    r"narrator|speaker|historian|writer|lecturer|examiner|peasant|worker|engineer|officer|priest|guide|visitor|pupil|student|"
    r"somebody|someone|anyone|everyone|everybody|nobody|man|woman|boy|girl|poet|director|witness|my|our|hitler|mao|god)\b",
    re.IGNORECASE,
)
"""Words for somebody whom the record does not know, and who may be meant by the next "he"."""
_OF_STALIN = re.compile(
    r"\b(?:personal|role|part|guilt|responsib\w+|himself|person|character|portrait|did|share|motives?)\b", re.IGNORECASE
)
"""Words of a heading that make a section one on Stalin himself, and not on his time."""
_WHOLES = {
    "lists": "the lists", "trial-16": "the accused of the trial of the sixteen", "trial-17": "the accused of the trial of the "
    "seventeen", "trial-21": "the accused of the trial of the twenty-one", "trial-army": "the commanders tried in June 1937",
    "national-ops": "the national operations",
}  # fmt: skip
"""What "they" are after a sentence that names one of these."""
_THINGS = frozenset(
    "order-00447 polish-op german-op order-00486 trial-16 trial-17 trial-21 trial-army congress-17 lists chistka verification "
    "exchange law-dec-1 constitution secret-speech census-1937 harbin-op latvian-op greek-op finnish-op estonian-op".split()
)
_TRIALS = re.compile(r"\b(?:(?:three|show|Moscow|big|great|public) )+trials\b", re.IGNORECASE)
_ONE = re.compile(r"\b(first|second|third|last) (one)\b", re.IGNORECASE)
_IS = frozenset("was is : =".split())
_TIMES = frozenset("in on by from at during later then thereafter next a two three".split())
_KEPT = 3
"""Statements for which an office may still be meant."""
_SHORT = 14
"""Tokens of the longest statement that may take its office from one before."""
_TOLD = frozenset(
    "shot arrested died killed tried born dead married met moved joined fled wrote spoke signed fell elected expelled murder "
    "death was is were had not he she they his".split()
)
_FEW = 5
"""Statements for which "the second one" may still be one of the trials spoken of."""


@dataclass
class Owners:
    """Who and what the notes speak of while they are read.

    Attributes:
        knowledge: for the names.
        person: the person that the sentence before is about ("" if none or several).
        listed: the person that a list is about.
        thing: the key and the words of the trial, order or lists that the sentence before names.
        barred: whether the sentence before speaks of somebody whom the record does not know.
        trials: for how many statements the trials may still be meant.
        office: the key and the words of the office spoken of last.
        kept: for how many statements it may still be meant.
        above: the context in which the list stands.
    """

    knowledge: Knowledge
    person: str = ""
    listed: str = ""
    thing: tuple[str, str] = ("", "")
    barred: bool = False
    trials: int = 0
    office: tuple[str, str] = ("", "")
    kept: int = 0
    above: tuple[str, ...] = field(default=())

    def owned(self, statement: Statement) -> Statement:
        """The statement with the names that its pronouns stand for; what it speaks of is kept for the next.

        Args:
            statement: as cut from the notes.
        """
        if statement.context != self.above or statement.kind in ("heading", "prose"):
            self.listed, self.above = "", statement.context
        if statement.kind == "heading":
            self._forget(statement)
            return statement
        if statement.text.rstrip().endswith("?") and statement.kind != "answer":
            if self._people(statement):
                self._keep(statement, False)
            return statement
        told = (
            self._office(statement)
            or self._he(statement)
            or self._they(statement)
            or self._its(statement)
            or self._one(statement)
        )
        self._keep(told or statement, told is not None)
        return told or statement

    def _forget(self, heading: Statement) -> None:
        self.person, self.thing, self.barred = "", ("", ""), False
        self.trials = _FEW if _TRIALS.search(heading.text) else 0
        roles = [tag for tag in self.knowledge.lexicon.tags(heading.tokens) if tag.kind == "role"]
        one = len({tag.key for tag in roles}) == 1 and not self._people(heading)
        self.office, self.kept = ((roles[0].key, self._said(heading, roles[0])), 2 * _KEPT) if one else (("", ""), 0)

    def _people(self, statement: Statement) -> list[Tag]:
        return [tag for tag in self.knowledge.lexicon.tags(statement.tokens) if tag.kind == "person"]

    def _keep(self, statement: Statement, resolved: bool) -> None:
        """Remember what a statement is about."""
        tokens = statement.tokens
        people = self._people(statement)
        keys = {tag.key for tag in people}
        known = [self.knowledge.people[key] for key in keys if key in self.knowledge.people]
        self.barred = (
            any(one.historian for one in known) or bool(_OTHERS.search(statement.text)) or self._unknown(statement)
        )
        self.trials = _FEW if _TRIALS.search(statement.text) else max(0, self.trials - 1)
        roles = [tag for tag in self.knowledge.lexicon.tags(tokens) if tag.kind == "role"]
        self.kept = max(_KEPT, self.kept) if roles else max(0, self.kept - 1)
        if roles:
            self.office = (
                (roles[0].key, self._said(statement, roles[0])) if len({one.key for one in roles}) == 1 else ("", "")
            )
        elif not self.kept:
            self.office = ("", "")
        frames = [tag for tag in self.knowledge.lexicon.tags(tokens) if tag.kind == "frame" and tag.key in _THINGS]
        named = {tag.key for tag in frames}
        self.thing = (frames[0].key, self._said(statement, frames[0])) if len(named) == 1 else ("", "")
        first = people[0] if people else None
        if resolved and self.person and statement.kind != "answer":
            return
        if first is not None and len(keys) == 1 and not any(one.historian for one in known):
            far = first.key == "stalin" and (first.first > 1 or tokens[first.last].possessive)
            self.person = "" if far or first.key == "lenin" else self._said(statement, first)
        else:
            self.person = ""
        if statement.kind != "bullet" or first is None:
            return
        if not self.listed and first.first <= 1 and self.person:
            self.listed = self.person
        elif self.listed and first.first == 0 and self.person != self.listed:
            self.listed = ""

    def _unknown(self, statement: Statement) -> bool:
        """Whether a first name and a surname stand there that the record does not know."""
        tokens = statement.tokens
        tagged = {at for tag in self.knowledge.lexicon.tags(tokens) for at in range(tag.first, tag.last + 1)}
        return any(
            _named(tokens[at]) and _named(tokens[at + 1]) and not {at, at + 1} & tagged for at in range(len(tokens) - 1)
        )

    def _said(self, statement: Statement, tag: Tag) -> str:
        words = statement.text[statement.tokens[tag.first].start : statement.tokens[tag.last].end]
        return words.removesuffix("'s").removesuffix("’s")

    def _section(self, statement: Statement) -> str:
        """The only person of the nearest heading, if it is about them."""
        if not statement.context or len(statement.context[-1]) > 70 or statement.context[-1].endswith("?"):
            return ""
        text = statement.context[-1]
        tokens = tokens_of(text)
        tags = [tag for tag in self.knowledge.lexicon.tags(tokens) if tag.kind == "person"]
        if len({tag.key for tag in tags}) != 1 or tags[0].key == "lenin":
            return ""
        if tags[0].key == "stalin" and len(tokens) > 2 and not _OF_STALIN.search(text):
            return ""
        return text[tokens[tags[0].first].start : tokens[tags[0].last].end].removesuffix("'s").removesuffix("’s")

    def _he(self, statement: Statement) -> Statement | None:
        index = next((at for at, token in enumerate(statement.tokens) if token.low in _HE), None)
        if index is None or self.barred:
            return None
        people = self._people(statement)
        if statement.tail and statement.tokens[index].start >= statement.tail:
            people = [tag for tag in people if statement.tokens[tag.first].start >= statement.tail]
        if any(tag.first < index or tag.first == index + 1 for tag in people):
            return None
        behind = {token.low for token in statement.tokens[index + 1 : index + 3]}
        if _strangers(statement, index) or (
            people and index > 0 and not behind & _IS and statement.tokens[0].low not in _TIMES
        ):
            return None
        name = self.person or self.listed or self._section(statement)
        named = {tag.key for tag in self.knowledge.lexicon.tags(tokens_of(name)) if tag.kind == "person"}
        if (
            len(named) != 1
            or named & {tag.key for tag in people}
            or _OTHERS.search(statement.text[: statement.tokens[index].start])
        ):
            return None
        self.person = name
        token = statement.tokens[index]
        return replaced(statement, token.start, token.end, f"{name}'s" if token.low == "his" else name)

    def _office(self, statement: Statement) -> Statement | None:
        """A name and its years below a sentence on an office ("then Yezhov till Nov 38"), with the office."""
        if not self.office or statement.lead or len(statement.tokens) > _SHORT:
            return None
        tags = self.knowledge.lexicon.tags(statement.tokens)
        people = {tag.key for tag in tags if tag.kind == "person"}
        if (
            len(people) != 1
            or any(tag.kind in ("role", "act", "frame") for tag in tags)
            or not dates_of(statement.tokens)
        ):
            return None
        person = self.knowledge.people.get(next(iter(people)))
        words = {token.low for token in statement.tokens if token.kind == "word"}
        if person is None or words & _TOLD or not any(term.role == self.office[0] for term in person.roles):
            return None
        return replaced(statement, 0, 0, f"{re.sub('^[Hh]eads', 'head', self.office[1])}: ")

    def _they(self, statement: Statement) -> Statement | None:
        key, _ = self.thing
        tags = self.knowledge.lexicon.tags(statement.tokens)
        if key not in _WHOLES or any(tag.kind in ("frame", "person") for tag in tags) or statement.lead:
            return None
        for index, token in enumerate(statement.tokens[:9]):
            after = statement.tokens[index + 1].low if index + 1 < len(statement.tokens) else "."
            if token.low in _THEY and (
                token.low in ("they", "them") or after in ("were", "had", "was", "got", ",", ".", "came")
            ):
                return replaced(statement, token.start, token.end, _WHOLES[key])
        return None

    def _its(self, statement: Statement) -> Statement | None:
        first = next((token for token in statement.tokens if token.kind != "mark"), None)
        key, words = self.thing
        if first is None or first.low != "its" or not key or statement.lead:
            return None
        return replaced(statement, first.start, first.end, f"{words}'s")

    def _one(self, statement: Statement) -> Statement | None:
        found = _ONE.search(statement.text)
        if found is None or not self.trials or statement.lead:
            return None
        ordinal = "third" if found[1].lower() == "last" else found[1]
        return replaced(statement, found.start(1), found.end(2), f"{ordinal} Moscow trial")


def _named(token: Token) -> bool:
    return token.kind == "word" and token.text[:1].isupper() and token.text[1:].islower() and token.low not in _COMMON


def _strangers(statement: Statement, index: int) -> bool:
    """Whether a name that nobody knows stands before a pronoun ("Lev Sedov, his son")."""
    words = [token for token in statement.tokens[:index] if token.kind == "word"]
    return sum(
        token.text[:1].isupper() and not token.text.isupper() and token.low not in _COMMON for token in words
    ) > 1 or bool(index >= 2 and words and words[0].text[:1].isupper() and statement.tokens[index - 1].low == ",")


_COMMON = frozenset(
    "in on at by after before when while for from the a and but as january february march april may june july august "
    "september october november december spring summer autumn winter leningrad moscow order politburo".split()
)


def replaced(statement: Statement, start: int, end: int, words: str) -> Statement:
    """A statement with other words in the place of some of its own; quoted is what was written.

    Args:
        statement: as cut from the notes.
        start: first character to go.
        end: one past the last.
        words: what comes in their place.
    """
    moved = len(words) - (end - start)
    text = statement.text[:start] + words + statement.text[end:]
    origins = [
        origin if origin.at <= start else Origin(max(start, origin.at + moved), origin.line, origin.column)
        for origin in statement.origins
    ]
    lead = statement.lead + moved if end <= statement.lead else statement.lead
    made = Statement(text, origins, statement.context, statement.before, lead, statement.kind)
    made.tail = statement.tail + moved if statement.tail >= end else statement.tail
    made.era, made.recent, made.aside, made.agreed = statement.era, statement.recent, statement.aside, statement.agreed
    made.spare, made.denied, made.replies = statement.spare, statement.denied, statement.replies
    made.whole = statement.whole or statement.text[statement.lead :]
    return made

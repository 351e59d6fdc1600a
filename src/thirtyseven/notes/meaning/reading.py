"""A statement as the checker reads it: what it speaks of, its numbers and dates, and how it is meant."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from thirtyseven.notes.known.knowledge import Knowledge
from thirtyseven.notes.language.again import with_again
from thirtyseven.notes.language.amounts import Amount, amounts_of, quantifiers_of
from thirtyseven.notes.language.certainty import sure
from thirtyseven.notes.language.dates import When, dates_of
from thirtyseven.notes.language.lexicon import Tag
from thirtyseven.notes.language.manner import quotations_of, refuted, somebody_elses, supposed
from thirtyseven.notes.language.text import Statement
from thirtyseven.notes.language.words import Words
from thirtyseven.notes.meaning.above import keys_of, years_named
from thirtyseven.notes.meaning.meant import before_part, daily_rates, done_to, trial_meant, within_limits

_PARTING = frozenset(", were was in and : – — ) ( had by to for during from after under over these within".split())
_COUNTABLE = frozenset("people those persons men women officers members prisoners delegates".split())
_NOT_ALL = frozenset("not nearly almost virtually practically of at above after for".split())
_TURNS = frozenset({"but", "while", "whereas", "although", "though"})
_NUMBERED = frozenset("article section no page p chapter order decree № line question # $ £ year".split())
_NO_DENIAL = frozenset("doubt maybe forgotten overlooked exempt immune surprisingly".split())
FAR = frozenset({("far", "from"), ("anything", "but")})
_HARD = frozenset({";", "!", "?", "|", "·", "•"})


@dataclass(frozen=True)
class Figure:
    """A number with what its own sentence says it counts.

    Attributes:
        amount: the number.
        acts: what happened to those counted; empty if nothing near says it.
        noun: the tag that follows the number ("officers", "days"), if any.
        near: distance to the nearest act.
    """

    amount: Amount
    acts: frozenset[str]
    noun: Tag | None
    near: int


class Reading:
    """A statement with its tags, numbers and dates; built once, asked by every judge."""

    def __init__(self, statement: Statement, knowledge: Knowledge) -> None:
        self.statement = statement
        self.knowledge = knowledge
        self.tokens = statement.tokens
        self.tags: list[Tag] = knowledge.lexicon.tags(self.tokens)
        self.dates: list[When] = with_again(self.tokens, dates_of(self.tokens))
        self.tags += trial_meant(self.tokens, self.tags, self.dates, amounts_of(self.tokens), knowledge)
        self.tags = within_limits(self.tokens, [*done_to(self.tokens, self.tags), *daily_rates(self.tokens)])
        self.amounts: list[Amount] = [one for one in amounts_of(self.tokens) if not self._taken(one)]

    def _code(self, amount: Amount) -> bool:
        """Whether a number is part of a code or a sum: C-0302, S128, 003, x + 200."""
        token = self.tokens[amount.first]
        before = self.statement.text[max(0, token.start - 2) : token.start]
        glued = before[-1:].isalpha() or (
            before[-1:] in ("-", "–") and before[:1].isalpha() and before[:1].isupper() and self._lone(amount.first)
        )
        zero = token.low.startswith("0") and len(token.low) > 1 and "." not in token.low
        return token.kind == "number" and (glued or zero or (before.strip()[-1:] == "+" and amount.low < 10_000))

    def _lone(self, index: int) -> bool:
        """Whether a single letter stands two tokens before (the C of C-0302)."""
        return index >= 2 and len(self.tokens[index - 2].text) == 1

    def _taken(self, amount: Amount) -> bool:
        """Whether the number is part of a date or of a name such as "Order 00447" or "Trial of the 16"."""
        if self._code(amount):
            return True
        if any(when.first <= amount.last and amount.first <= when.last for when in self.dates):
            return not (amount.low > 1000 and self.low(amount.last + 1) in ("delegates", "votes", "members"))
        if (
            1500 <= amount.low < 1900
            and amount.unit == 1
            and self.low(amount.first - 1) in ("in", "of", "since", "by", "from", "until", "to")
        ):
            return True
        if amount.first and self.low(amount.first - 1) in _NUMBERED:
            return True
        if self.low(amount.first - 1) == "." and self.low(amount.first - 2) in ("no", "p", "pp", "art"):
            return True
        return any(
            tag.kind in ("frame", "role")
            and tag.key != "lists"
            and tag.first <= amount.first
            and amount.last <= tag.last
            for tag in self.tags
        )

    def low(self, index: int) -> str:
        """Lower-case word at a token, or ""."""
        return self.tokens[index].low if 0 <= index < len(self.tokens) else ""

    def of_kind(self, *kinds: str) -> list[Tag]:
        """Tags of these kinds in order."""
        return [tag for tag in self.tags if tag.kind in kinds]

    def has(self, key: str) -> bool:
        """Whether the statement itself speaks of it."""
        return key in self.keys

    @cached_property
    def keys(self) -> frozenset[str]:
        """Keys of all tags of the statement."""
        return frozenset(tag.key for tag in self.tags)

    @cached_property
    def words(self) -> Words:
        """The statement's words, to be searched for phrases."""
        return Words(self.tokens)

    @cached_property
    def above(self) -> str:
        """The headings above the statement and the sentences before it, in lower case."""
        return " ".join((*self.statement.context, self.statement.before, self.statement.recent)).lower()

    @cached_property
    def context_keys(self) -> frozenset[str]:
        """Keys of what stands above the statement or just before it."""
        above: frozenset[str] = frozenset()
        for text in (*self.statement.context, self.statement.before, self.statement.recent):
            above |= keys_of(text)
        return above

    @cached_property
    def context_years(self) -> tuple[int, int] | None:
        """Years named by the nearest heading above that names any, or by the sentence before."""
        for text in (*reversed(self.statement.context), self.statement.before):
            years = years_named(text)
            if years:
                return years
        return None

    @cached_property
    def question(self) -> bool:
        """Whether the statement asks and does not tell."""
        text = self.statement.text.rstrip(" \"'”’)*_-")
        return text.endswith("?") or self.statement.kind == "question"

    @cached_property
    def quoted(self) -> list[tuple[int, int]]:
        """Token spans inside quotation marks that hold five words or more."""
        return quotations_of(self.tokens)

    def in_quotation(self, first: int, last: int) -> bool:
        """Whether the tokens stand inside a longer quotation."""
        return any(start <= first and last <= end for start, end in self.quoted)

    def cue(self, name: str, first: int, last: int) -> bool:
        """Whether a cue word stands between two tokens (both included)."""
        words = self.knowledge.cues[name]
        for index in range(max(0, first), min(last + 1, len(self.tokens))):
            low = self.tokens[index].low
            if name == "negation" and (low.endswith("n't") or (low == "no" and self._number_sign(index))):
                if low == "no":
                    continue
                return True
            if low in words and not (name == "negation" and self.low(index + 1) in _NO_DENIAL):
                return True
            if name == "negation" and index < last and (low, self.low(index + 1)) in FAR:
                return True
        return False

    def _number_sign(self, index: int) -> bool:
        """Whether "no" stands for number ("Order No. 00447")."""
        after = self.tokens[index + 1 : index + 3]
        return any(token.kind == "number" for token in after)

    @cached_property
    def _clauses(self) -> list[tuple[int, int]]:
        """First and last token of the clause around each token."""
        spans: list[tuple[int, int]] = []
        first = 0
        for index in range(len(self.tokens) + 1):
            if index == len(self.tokens) or self.low(index) in _HARD or self.low(index) in _TURNS:
                spans += [(first, max(first, index - 1))] * (index - first)
                if index < len(self.tokens):
                    spans.append((index, index))
                first = index + 1
        return spans

    def clause(self, index: int) -> tuple[int, int]:
        """First and last token of the clause around a token: up to a semicolon, "but" or "while"."""
        return self._clauses[min(index, len(self.tokens) - 1)]

    def negated(self, first: int, last: int) -> bool:
        """Whether a negation stands just before the tokens or among them, in the same clause, or the clause is refuted."""
        start, end = self.clause(first)
        return refuted([token.low for token in self.tokens[start : end + 1]]) or self.cue(
            "negation", max(start, first - 5), last
        )

    @cached_property
    def hedged(self) -> bool:
        """Whether the sentence says it with reserve (perhaps, some historians argue)."""
        return self.cue("hedge", 0, len(self.tokens))

    @cached_property
    def quoting(self) -> bool:
        """Whether the sentence gives a historian's or somebody's figure as theirs ("Conquest estimated ...")."""
        named = any(tag.kind == "person" and self.knowledge.people[tag.key].historian for tag in self.tags)
        people = self.of_kind("person")
        own = any(self.tokens[tag.last].possessive and self.knowledge.people[tag.key].historian for tag in people)
        loose = somebody_elses(list(pairwise(token.low for token in self.tokens)))
        said = {token.low for token in self.tokens} & {"historians", "according", "propaganda", "textbook", "textbooks"}
        return own or loose or (self.attributed and bool(named or said))

    @cached_property
    def supposing(self) -> bool:
        """Whether the sentence gives what was once believed, or what would follow from a supposition."""
        return supposed([token.low for token in self.tokens])

    @cached_property
    def refuted(self) -> bool:
        """Whether the sentence says that something is not true ("it is not true that ...")."""
        return refuted([token.low for token in self.tokens])

    @cached_property
    def certain(self) -> bool:
        """Whether the sentence claims certainty ("this number is sure", "established once and for all")."""
        return self.statement.assured or sure([token.low for token in self.tokens])

    @cached_property
    def attributed(self) -> bool:
        """Whether the sentence puts it in somebody's mouth."""
        return self.cue("attribution", 0, len(self.tokens))

    @cached_property
    def figures(self) -> list[Figure]:
        """Numbers with the acts that they count."""
        titles = [tag for tag in self.of_kind("frame") if tag.key == "lists"]
        acts = [  # "execution lists" are a name
            act
            for act in self.of_kind("act")
            if not any(one.first <= act.first and act.last <= one.last for one in titles)
        ]
        plain = [self._figure(position, acts) for position in range(len(self.amounts))]
        spoken = [*quantifiers_of(self.tokens), *self._alls()]
        return plain + [self._spoken(amount, acts) for amount in spoken]

    def _alls(self) -> list[Amount]:
        """All officers, every delegate: "all" right before a group that nothing more qualifies."""
        groups = {tag.first for tag in self.of_kind("group")}
        return [
            Amount(0.97, 1.0, "share", "vague", "", 0.03, index, index)
            for index, token in enumerate(self.tokens)
            if token.low in ("all", "every") and index + 1 in groups and self.low(index - 1) not in _NOT_ALL
        ]

    def _spoken(self, amount: Amount, acts: list[Tag]) -> Figure:
        """A share said by "most of" or "nearly all", with the act behind it in its clause."""
        rows = [one.first for one in self.amounts if one.first > amount.last and self.low(one.first - 1) == ":"]
        end = min([self.clause(amount.last)[1], *rows])
        here = [tag for tag in acts if amount.last < tag.first <= end and tag.key != "held"]
        chosen = _company(here, self) if here else []
        near = min((self._gap(tag, amount) for tag in chosen), default=99)
        return Figure(amount, frozenset(tag.key for tag in chosen), self.noun_after(amount), near)

    def _figure(self, position: int, acts: list[Tag]) -> Figure:
        amount = self.amounts[position]
        right = self._right(position, amount, acts)
        left = self._left(position, amount, acts)
        chosen = right
        vague = left and all(tag.key == "purge" for tag in left)
        if (
            left
            and not (vague and right)
            and (not right or (self._gap(left[0], amount) <= 2 and self._gap(right[0], amount) > 3))
        ):
            chosen = left
        told = [tag for tag in left if tag.key != "held"]
        if told and chosen and all(tag.key == "held" for tag in chosen) and self._gap(told[0], amount) <= 4:
            chosen = told  # "deaths 1938: 90,546 in camps"
        telling = [tag for tag in chosen if tag.key != "held"]
        chosen = telling or chosen
        near = min((self._gap(tag, amount) for tag in chosen), default=99)
        return Figure(amount, frozenset(tag.key for tag in chosen), self.noun_after(amount), near)

    def _gap(self, tag: Tag, amount: Amount) -> int:
        return self.statement.gap(tag.first, tag.last, amount.first, amount.last)

    def _right(self, position: int, amount: Amount, acts: list[Tag]) -> list[Tag]:
        """Acts behind a number, up to the next number (less what is joined to that one by "and" or a comma)."""
        end = self.clause(amount.last)[1]
        if position + 1 < len(self.amounts):
            following = self.amounts[position + 1].first - 1
            if following <= end:
                end = following
                for index in range(following, amount.last, -1):
                    if self.low(index) in ("and", ",", "(", "with", "including", "–", "—", "of"):
                        end = index
                        break
                if (
                    self.low(end) == "of"
                ):  # "76,000 people and the imprisonment of 193,000": that act is the next number's
                    end = min([tag.first - 1 for tag in acts if tag.last == end - 1], default=end)
        end = before_part(self.tokens, amount.last, end)
        here = [tag for tag in acts if amount.last < tag.first <= end]
        told = [
            tag
            for tag in here[1:]
            if self.low(tag.first - 1) in ("were", "was", "been", "being", "be", "later", "received", "got", "to")
            or self.low(tag.first - 2) in ("received", "got", "given", "faced")
        ]
        passed = bool(here) and self.low(here[0].first - 1) in _COUNTABLE  # "people convicted in ... were shot"
        if (
            here[1:]
            and here[0].first == amount.last + 1
            and any(tag.kind == "group" and tag.first == here[0].last + 1 for tag in self.tags)
        ):
            return _company(here[1:], self)  # "11,000 discharged officers were back in the army"
        if told and (passed or here[0].key == "held" or (self.low(amount.last + 1) == "of" and amount.style != "of")):
            return _company(told, self)
        return _company(here, self) if here else []

    def _left(self, position: int, amount: Amount, acts: list[Tag]) -> list[Tag]:
        start = self.clause(amount.first)[0]
        if position:
            before = self.amounts[position - 1]
            start = max(start, before.last + 1)
            for index in range(amount.first - 1, before.last, -1):
                if self.low(index) in ("and", ",", "with", "including", "–", "—", "/"):
                    start = index
                    break
        here = [tag for tag in acts if start <= tag.first and tag.last < amount.first]
        return _company(here[::-1], self) if here else []

    def noun_after(self, amount: Amount) -> Tag | None:
        """The unit or group named within four words behind a number ("353,074 people", "14 army commanders")."""
        limit = amount.last + 5
        for tag in self.tags:
            if tag.kind in ("unit", "group") and amount.last < tag.first <= limit:
                between = range(amount.last + 1, tag.first)
                if any(self.low(index) in _HARD or self.low(index) in _PARTING for index in between):
                    break
                return tag
        return self._noun_before(amount)

    @cached_property
    def _how_many(self) -> int | None:
        """The token "many" of a question brought in before its answer ("How many years ...: 5")."""
        for index in range(1, len(self.tokens)):
            if self.tokens[index].start >= self.statement.lead:
                return None
            if (self.low(index - 1), self.low(index)) == ("how", "many"):
                return index
        return None

    def _noun_before(self, amount: Amount) -> Tag | None:
        """The noun of a label ("delegates: 1,966") or of the question ("how many years ...? 5")."""
        nouns = [tag for tag in self.tags if tag.kind in ("unit", "group")]
        if self.low(amount.first - 1) in (":", "=", "–", "—"):
            start = amount.first - 2
            while start > 0 and self.low(start - 1) not in (",", ";", "|", ":", "("):
                start -= 1
            label = [
                tag
                for tag in nouns
                if start <= tag.first
                and tag.last < amount.first
                and not (
                    tag.key == "regions" and any(one.kind == "place" and one.last >= tag.first - 1 for one in self.tags)
                )
            ]
            if label:
                return label[0]
        asked = self._how_many
        if asked is not None and asked < amount.first:
            return next((tag for tag in nouns if asked < tag.first <= asked + 4), None)
        return None


def _company(found: list[Tag], reading: Reading) -> list[Tag]:
    """The nearest act and those joined to it ("arrested and shot", "imprisoned or executed")."""
    group = [found[0]]
    for tag in found[1:]:
        low, high = sorted((group[-1], tag), key=lambda one: one.first)
        between = [reading.low(index) for index in range(low.last + 1, high.first)]
        if len(between) <= 3 and all(
            word in ("and", "or", ",", "then", "either", "/", "later", "to", "subsequently", "even", "were")
            for word in between
        ):
            group.append(tag)
        else:
            break
    return group

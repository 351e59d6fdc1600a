"""Finds what a statement speaks of: people (with slips of the pen), acts, groups, frames, places, words."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from thirtyseven.notes.language.text import Token

NOUNS = frozenset({"group", "frame", "place", "role"})
"""Kinds of which the longest reading wins: "army commanders" is not also "army"."""


@dataclass(frozen=True, slots=True)
class Tag:
    """Something found in a statement.

    Attributes:
        kind: ``act``, ``group``, ``frame``, ``place``, ``unit``, ``word`` or ``person``.
        key: its name in the data files.
        first: first token.
        last: last token.
        exact: whether it was spelt as the data has it (a person may be found through a slip).
    """

    kind: str
    key: str
    first: int
    last: int
    exact: bool = True


@dataclass(frozen=True, slots=True)
class _Phrase:
    kind: str
    key: str
    words: tuple[str, ...]

    @property
    def second(self) -> str:
        """Its second word if there is only one way to write it, else ""; most phrases are ruled out by it."""
        word = self.words[1] if len(self.words) > 1 else ""
        return "" if "*" in word or "/" in word or word == ".." else word


class Lexicon:
    """All phrases, indexed by the first three letters of their first word."""

    def __init__(
        self, phrases: Mapping[str, Mapping[str, str]], names: Mapping[str, Iterable[str]], plain: Iterable[str] = ()
    ) -> None:
        """Index phrases and names.

        Args:
            phrases: kind -> key -> phrases, separated by commas. ``*`` at a word's end stands for any ending,
                ``/`` between words for a choice, ``..`` for up to three words between.
            names: person -> spellings (surname alone or with a first name).
            plain: people whose names are read as they are listed and with no slip.
        """
        self._index: dict[str, list[tuple[str, _Phrase]]] = defaultdict(list)
        self._whole: dict[str, list[tuple[str, _Phrase]]] = defaultdict(list)
        self._seen: dict[str, list[Tag]] = {}
        self._names: dict[str, str] = {}
        self._long_names: dict[tuple[str, ...], str] = {}
        self._fuzzy: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for kind, table in phrases.items():
            for key, listed in table.items():
                for phrase in listed.split(","):
                    self._add(kind, key, phrase.strip().lower())
        exact = frozenset(plain)
        for person, forms in names.items():
            for form in forms:
                self._add_name(person, form.strip().lower(), person not in exact)

    def _add(self, kind: str, key: str, phrase: str) -> None:
        words = tuple(word.removesuffix("'s") for word in phrase.replace("-", " ").split())
        if not words:
            return
        for first in words[0].split("/"):
            place = self._index[first[:-1][:3]] if first.endswith("*") else self._whole[first]
            entry = _Phrase(kind, key, (first, *words[1:]))
            place.append((entry.second, entry))

    def _add_name(self, person: str, form: str, slips: bool) -> None:
        words = tuple(re.split(r"[\s-]+", form))
        if len(words) > 1:
            self._long_names[words] = person
            return
        self._names[form] = person
        plain = skeleton(form)
        if len(form) >= 5 and slips:
            self._fuzzy[plain[:1]].append((plain, person))

    def tags(self, tokens: list[Token]) -> list[Tag]:
        """All tags of a statement in order of place; of nouns that contain each other the longest stays."""
        text = "\x00".join(token.text for token in tokens)
        known = self._seen.get(text)
        if known is None:
            known = self._tags(tokens)
            if len(self._seen) > 2000:
                self._seen.clear()
            self._seen[text] = known
        return list(known)

    def _tags(self, tokens: list[Token]) -> list[Tag]:
        words = [(index, token) for index, token in enumerate(tokens) if token.kind != "mark"]
        found: list[Tag] = list(self._people(tokens))
        for at, (index, token) in enumerate(words):
            following = words[at + 1][1].low if at + 1 < len(words) else ""
            for second, phrase in (*self._whole.get(token.low, ()), *self._index.get(token.low[:3], ())):
                if second and second != following:
                    continue
                last = _matches(phrase.words, words, at, tokens)
                if last is not None:
                    found.append(Tag(phrase.kind, phrase.key, index, words[last][0]))
        return _longest(found)

    def _people(self, tokens: list[Token]) -> Iterator[Tag]:
        index = 0
        while index < len(tokens):
            token = tokens[index]
            if token.kind == "word":
                for length in (3, 2):
                    words = tuple(t.low for t in tokens[index : index + length])
                    if len(words) == length and words in self._long_names:
                        yield Tag("person", self._long_names[words], index, index + length - 1)
                        index += length - 1
                        break
                else:
                    person = self._names.get(token.low)
                    if person:
                        yield Tag("person", person, index, index)
                    elif token.text[:1].isupper() and len(token.low) >= 5:
                        near = self._near(token.low)
                        if near:
                            yield Tag("person", near, index, index, exact=False)
            index += 1

    def _near(self, word: str) -> str | None:
        return _nearest(word, tuple(self._fuzzy.get(skeleton(word)[:1], ())))


@lru_cache(maxsize=4096)
def _nearest(word: str, candidates: tuple[tuple[str, str], ...]) -> str | None:
    """The person whose name is one slip away (two in a long name), if only one is."""
    if word in _NOT_NAMES or word.rstrip("s") in _NOT_NAMES:
        return None
    plain = skeleton(word)
    allowed = 1 if len(plain) < 9 else 2
    found = {person for name, person in candidates if _slips(plain, name, 1 if len(name) < 9 else allowed)}
    return found.pop() if len(found) == 1 else None


_NOT_NAMES = frozenset(
    "kirovsk kiev kirovograd stalinist stalinism stalingrad stalinists leninism leninist leningrad trotskyist "
    "trotskyite trotskyism bukharinist bukhara nicolas nicholas nikolai malta russia prussia kamchatka sibera "
    "siberia siberian molotovs roman romania romanov romanian litva mongolia moscow kolyma karelia murder "
    "kalinin radical radicals pravda berlin beriya zhivago marshal marshals kharkov rostov pyatigorsk koba "
    "stalins party purge purged purges poland polish budget kosova rudolf ivanov yakut krestyan tomsk himmler littler".split()
)


@lru_cache(maxsize=8192)
def skeleton(word: str) -> str:
    """A name without what transliterations disagree about: Yezhov, Ezhov, Jeschow share most of it."""
    plain = "".join(mark for mark in unicodedata.normalize("NFKD", word) if not unicodedata.combining(mark))
    for old, new in _SAME:
        plain = plain.replace(old, new)
    return "".join(mark for index, mark in enumerate(plain) if index == 0 or mark != plain[index - 1])


_SAME = (
    ("sch", "sh"), ("shch", "sh"), ("tch", "ch"), ("kh", "h"), ("ck", "k"), ("ye", "e"), ("ie", "e"), ("je", "e"),
    ("yu", "u"), ("iu", "u"), ("ju", "u"), ("ya", "a"), ("ia", "a"), ("ja", "a"), ("yo", "o"), ("off", "ov"),
    ("eff", "ev"), ("ow", "ov"), ("w", "v"), ("c", "k"), ("ph", "f"),
    ("ii", "i"), ("iy", "i"), ("yi", "i"), ("y", "i"), ("j", "i"),
)  # fmt: skip


def _slips(one: str, two: str, allowed: int) -> bool:
    """Whether two words differ by at most so many slips (a letter more, less, other, or two swapped)."""
    if abs(len(one) - len(two)) > allowed or one[:1] != two[:1]:
        return False
    before: list[int] = []
    row = list(range(len(two) + 1))
    for i, a in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(two, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == two[j - 2] and one[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > allowed:
            return False
    return row[-1] <= allowed


def _matches(pattern: tuple[str, ...], words: list[tuple[int, Token]], at: int, tokens: list[Token]) -> int | None:
    """Index of the last word of the phrase if it stands at ``at``; marks other than hyphens break it."""
    here = at
    loose = 0
    for step, want in enumerate(pattern):
        if want == "..":
            loose = 3
            continue
        while True:
            if here >= len(words):
                return None
            if step and not _unbroken(words, here, tokens):
                return None
            if _same(want, words[here][1].low):
                break
            if not loose:
                return None
            loose -= 1
            here += 1
        loose = 0
        here += 1
    return here - 1


def _unbroken(words: list[tuple[int, Token]], here: int, tokens: list[Token]) -> bool:
    previous, current = words[here - 1][0], words[here][0]
    return all(tokens[index].low in "-/'’\"“”.(+&" for index in range(previous + 1, current))


def _same(want: str, word: str) -> bool:
    for choice in want.split("/"):
        if choice[-1:] == "*":
            if word.startswith(choice[:-1]):
                return True
        elif word == choice:
            return True
    return False


def _longest(found: list[Tag]) -> list[Tag]:
    """All tags but the nouns inside longer nouns and the acts inside longer acts ("death" in "death sentence")."""
    ordered = sorted(set(found), key=lambda tag: (tag.first, -tag.last, tag.kind, tag.key))
    hidden: set[Tag] = set()
    for kinds in (NOUNS, frozenset({"act"})):
        reach: Tag | None = None
        for tag in ordered:
            if tag.kind not in kinds:
                continue
            if reach is not None and tag.last <= reach.last and (tag.first, tag.last) != (reach.first, reach.last):
                hidden.add(tag)
            elif reach is None or tag.last > reach.last:
                reach = tag
    spared = [tag for tag in ordered if tag.key == "spared"]
    return [
        tag
        for tag in ordered
        if tag not in hidden
        and not any(one is not tag and one.first <= tag.first and tag.last <= one.last for one in spared)
    ]

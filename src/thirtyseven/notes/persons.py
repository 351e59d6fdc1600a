"""Judges what notes say of people: fates, sentences, offices, successions."""

from __future__ import annotations

from collections.abc import Iterator

from thirtyseven.notes.finding import Finding
from thirtyseven.notes.knowledge import AGREES, DISPUTED, WRONG, Person, Role
from thirtyseven.notes.lexicon import Tag
from thirtyseven.notes.posts import judge_posts
from thirtyseven.notes.reading import Reading
from thirtyseven.notes.said import shown
from thirtyseven.notes.subjects import bearers, people_of, person_of, successions
from thirtyseven.notes.trials import judge_schools, judge_trials

ACTORS = "the record's tables of actors and offices (after Petrov & Skorkin 1999 and the court reports, recalled)"
_EXCLUSIVE = frozenset(
    "head-nkvd head-ogpu head-cheka leningrad-boss prosecutor defence-commissar premier foreign-"
    "commissar heavy-industry comintern-head ukraine-boss trial-judge trade-unions".split()
)


def judge_people(reading: Reading) -> list[Finding]:
    """All findings on people in a statement that is not a question."""
    if reading.question:
        return []
    return [
        *_fates(reading),
        *_terms_given(reading),
        *_offices(reading),
        *_successions(reading),
        *judge_posts(reading),
        *judge_trials(reading),
        *judge_schools(reading),
    ]


# Fates ---------------------------------------------------------------------------------------------------------


def _fates(reading: Reading) -> Iterator[Finding]:
    people = people_of(reading)
    words = [tag for tag in reading.of_kind("word") if tag.key in ("executed-v", "suicide-w", "murder-v", "natural-w")]
    words += [tag for tag in reading.of_kind("act") if tag.key in ("survive", "spared")]
    done: set[tuple[str, str]] = set()
    for word in words:
        kind = _fate_told(reading, word, words)
        if kind is None:
            continue
        for tag in bearers(reading, word, people):
            person = person_of(reading, tag)
            if (person.key, kind) in done or not person.fate:
                continue
            done.add((person.key, kind))
            finding = _fate(reading, person, kind, tag, word) if not _subordinate(reading, tag) else None
            if finding is not None:
                yield finding
    yield from _companions(reading, people)


def _subordinate(reading: Reading, tag: Tag) -> bool:
    """Whether a person's end is only the setting of something else ("when Kirov was murdered, Yezhov ...")."""
    return reading.low(tag.first - 1) in ("when", "while", "since", "whether", "if", "that") and tag.first > 1


def _companions(reading: Reading, people: list[Tag]) -> Iterator[Finding]:
    """Two people said to have been shot together: their days must be the same."""
    for word in (tag for tag in reading.of_kind("word") if tag.key == "executed-v"):
        behind = [tag for tag in people if word.last < tag.first <= reading.clause(word.first)[1]]
        between = [reading.low(index) for index in range(word.last + 1, behind[0].first)] if behind else []
        sequence = set(between) & {"before", "after"}
        if not behind or not (set(between) & {"with", "alongside"} or sequence) or len(between) > 4:
            continue
        for tag in bearers(reading, word, people):
            one, two = person_of(reading, tag), person_of(reading, behind[0])
            if one.key == two.key or one.fate != "shot" or not (one.died and two.died) or reading.negated(word.first, word.last):
                continue
            apart = (one.died[0][0] - two.died[0][0]).days
            right = abs(apart) <= 7 and two.fate == "shot"
            if sequence:
                right = apart < 0 if "before" in sequence else apart > 0
                if abs(apart) <= 7:
                    continue
            best = f"{one.name}: {shown(one.died[0])}; {two.name}: {shown(two.died[0])}"
            why = "" if right else "the order is the other way round" if sequence else "they did not die together"
            yield Finding(
                tag.first, behind[0].last, AGREES if right else WRONG, f"together:{one.key}:{two.key}",
                f"{one.name} and {two.name} executed together", best, ACTORS, why=why, wording="" if right else best + ".",
                strength=10.0,
            )  # fmt: skip


def _fate_told(reading: Reading, word: Tag, words: list[Tag]) -> str | None:
    if word.key == "suicide-w":
        return "suicide"
    if word.key in ("survive", "spared"):
        return "survived" if word.key == "survive" else "spared"
    if word.key == "natural-w":
        return "natural"
    if any(other.key == "suicide-w" and other.first <= word.first <= other.last for other in words):
        return None
    text = reading.low(word.first)
    if word.key == "executed-v":
        if text in ("sentenced", "condemned", "death"):
            return None if reading.has("absentia-w") else "sentenced"
        return "killed" if text == "killed" else "shot" if text == "shot" else "executed"
    return "murdered" if text in ("murdered", "assassinated") else None


def _fate(reading: Reading, person: Person, kind: str, tag: Tag, word: Tag) -> Finding | None:
    verdict = _fate_verdict(person, kind)
    negated = reading.negated(word.first, word.last)
    if verdict is None or (reading.cue("hedge", max(0, word.first - 4), word.last) and verdict == WRONG):
        return None
    if negated:
        if verdict == DISPUTED or reading.cue("negation", word.last, word.last + 3):
            return None
        verdict = AGREES if verdict == WRONG else WRONG
        if verdict == WRONG and reading.low(word.last + 1) in ("in", "by", "at", "on", "because", "for", "with", "as", "but"):
            return None
        if verdict == WRONG and (reading.low(word.first - 1) in ("until",) or reading.dates):
            return None
    died = f" on {shown(person.died[0])}" if person.died and person.died[0][0] == person.died[0][1] else ""
    best = (
        f"{person.name} {person.how}" if person.how else f"{person.name} {_FATE_WORDS.get(person.fate, 'died')}{died}"
    )
    why = (
        ""
        if verdict == AGREES
        else f"{person.name} did not die as the notes say"
        if kind != "survived"
        else f"{person.name} did not survive"
    )
    if negated and verdict == WRONG:
        why = f"the notes deny it, but {best}"
    first, last = min(tag.first, word.first), max(tag.last, word.last)
    return Finding(
        first,
        last,
        verdict,
        f"fate:{person.key}",
        f"what became of {person.name}",
        best,
        ACTORS,
        why=why,
        wording="" if verdict == AGREES else best + ".",
        strength=10.0,
    )


_FATE_WORDS = {
    "shot": "was sentenced to death and shot",
    "suicide": "killed himself",
    "assassinated": "was assassinated",
    "custody": "died in custody",
    "natural": "was not executed and died",
}
_FATES = {
    "shot": {
        "sentenced": AGREES,
        "shot": AGREES,
        "executed": AGREES,
        "killed": AGREES,
        "suicide": WRONG,
        "survived": WRONG,
        "natural": WRONG,
    },
    "suicide": {
        "shot": WRONG,
        "executed": WRONG,
        "suicide": AGREES,
        "murdered": WRONG,
        "survived": WRONG,
        "natural": WRONG,
    },
    "assassinated": {
        "killed": AGREES,
        "murdered": AGREES,
        "suicide": WRONG,
        "shot": AGREES,
        "executed": WRONG,
        "survived": WRONG,
        "natural": WRONG,
    },
    "custody": {"sentenced": WRONG, "shot": WRONG, "executed": WRONG, "killed": AGREES, "suicide": WRONG, "survived": WRONG},
    "natural": {
        "natural": AGREES,
        "shot": WRONG,
        "executed": WRONG,
        "suicide": WRONG,
        "survived": AGREES,
        "killed": WRONG,
    },
}


def _fate_verdict(person: Person, kind: str) -> str | None:
    if kind == "spared":
        return AGREES if person.sentence else WRONG if person.fate == "shot" and person.trial else None
    if person.soft:
        return {
            "suicide": AGREES if person.fate == "suicide" else None,
            "natural": DISPUTED if person.fate == "suicide" else None,
            "shot": WRONG,
            "executed": WRONG,
            "murdered": DISPUTED,
            "killed": DISPUTED,
        }.get(kind)
    if person.key in ("hitler", "lenin", "mercader", "stakhanov-p"):
        return None
    if person.fate == "assassinated" and kind == "shot" and "shot" not in person.how:
        return WRONG
    if kind == "sentenced" and person.fate == "custody" and not person.sentence:
        return None
    return _FATES.get(person.fate, {}).get(kind)


def _terms_given(reading: Reading) -> Iterator[Finding]:
    """Prison terms: "Bukharin was sentenced to ten years"."""
    people = people_of(reading)
    for figure in reading.figures:
        noun, amount = figure.noun, figure.amount
        if (
            noun is None
            or noun.key not in ("years", "sentences_years")
            or amount.form != "count"
            or amount.low != amount.high
        ):
            continue
        said = figure.acts & {"convict", "imprison", "sent-camp"} or any(
            reading.low(index) in ("given", "got", "received", "sentence", "jailed")
            for index in range(max(0, amount.first - 5), amount.first)
        )
        before = [tag for tag in people if tag.last < amount.first and amount.first - tag.last <= 9]
        if not said or not before or reading.negated(before[-1].first, amount.last) or reading.hedged:
            continue
        person = person_of(reading, before[-1])
        first_trial = reading.has("trial-16") or any(when.years == (1936, 1936) for when in reading.dates)
        if (
            person.key == "stalin"
            or (person.key in ("zinoviev", "kamenev") and not first_trial)
            or person.fate not in ("shot", "custody", "suicide")
            or not (person.trial or person.sentence)
        ):
            continue
        right = person.sentence == amount.low
        if person.sentence and not right and reading.dates:
            continue
        best = (
            f"{person.name} was given {person.sentence} years"
            if person.sentence
            else f"{person.name} was sentenced to death and shot"
        )
        yield Finding(
            before[-1].first,
            noun.last,
            AGREES if right else WRONG,
            f"term:{person.key}",
            f"the sentence of {person.name}",
            best,
            ACTORS,
            why="" if right else f"{person.name} was not given such a term",
            wording="" if right else best + ".",
            strength=9.0,
        )


# Offices -------------------------------------------------------------------------------------------------------

_COPULA = frozenset(
    ", was is the as became a then ( – — - : = ) former new made appointed named who now soviet and "
    "had been infamous notorious brutal sadistic ruthless powerful popular stalin's named replaced "
    "became of later then subsequently by".split()
)


def _offices(reading: Reading) -> Iterator[Finding]:
    people = people_of(reading)
    for role in reading.of_kind("role"):
        if role.key not in _EXCLUSIVE:
            continue
        holders = [
            person for person in reading.knowledge.people.values() if any(one.role == role.key for one in person.roles)
        ]
        for tag in people:
            if not _held(reading, tag, role) or reading.negated(min(tag.first, role.first), max(tag.last, role.last)):
                continue
            person = person_of(reading, tag)
            if not person.roles and person.historian:
                continue
            terms = [one for one in person.roles if one.role == role.key]
            if role.key == "head-nkvd" and not terms and _regional(reading, role):
                continue
            name = reading.knowledge.labels.get(role.key, role.key)
            best = "; ".join(
                f"{one.name}: {_term(term)}" for one in holders for term in one.roles if term.role == role.key
            )
            first, last = min(tag.first, role.first), max(tag.last, role.last)
            if not terms and role.key == "prosecutor" and person.key in ("krylenko", "ulrikh"):
                continue
            verdict = AGREES if terms else WRONG
            if terms and any(
                reading.low(index) in ("when", "while", "during") for index in range(last, len(reading.tokens))
            ):
                continue
            yield Finding(
                first,
                last,
                verdict,
                f"office:{person.key}:{role.key}",
                f"{person.name} as {name}",
                f"{name}: {best}",
                ACTORS,
                why="" if terms else f"{person.name} never was {name}",
                wording="" if terms else f"{name}: {best}.",
                strength=6.0,
            )


def _regional(reading: Reading, role: Tag) -> bool:
    """Whether the NKVD of one region is meant ("NKVD chief in the Far East", "the Leningrad NKVD boss")."""
    places = reading.of_kind("place")
    beside = any(-5 <= tag.first - role.last <= 4 for tag in places)
    return beside or (reading.low(role.last + 1) in ("in", "of", "for") and reading.low(role.last + 2) not in ("nkvd", "the"))


def _term(term: Role) -> str:
    return shown((term.start, term.end)).replace(" to ", " to ")


def _held(reading: Reading, tag: Tag, role: Tag) -> bool:
    """Whether person and office stand side by side as name and title."""
    low, high = (tag, role) if tag.first < role.first else (role, tag)
    between = [reading.low(index) for index in range(low.last + 1, high.first)]
    if reading.tokens[tag.last].possessive or len(between) > 5 or any(word not in _COPULA for word in between):
        return False
    if "by" in between and reading.low(role.last) not in ("headed", "led", "run", "by"):
        return False
    if "and" in between and low is role:
        return False
    if low is role and between and between[0] not in ("by", ",", "(", ":", "–", "—", "-", "was", "is", "="):
        return False
    if low is role and "was" in between and reading.low(high.last + 1) in ("'s",):
        return False
    if low is tag and any(word in ("replaced", "of") for word in between):
        return False
    return reading.low(low.first - 1) not in ("replaced", "succeeded", "by", "than", "of") or low is role


# Successions ---------------------------------------------------------------------------------------------------


def _successions(reading: Reading) -> Iterator[Finding]:
    for newer, older, word in successions(reading):
        if not reading.negated(word.first, word.last):
            span = min(newer.first, older.first), max(newer.last, older.last)
            finding = _succession(reading, person_of(reading, newer), person_of(reading, older), span)
            if finding is not None:
                yield finding


def _succession(reading: Reading, newer: Person, older: Person, span: tuple[int, int]) -> Finding | None:
    shared = [(one, two) for one in newer.roles for two in older.roles if one.role == two.role]
    if not shared or newer.key == older.key:
        return None
    named = {tag.key for tag in reading.of_kind("role")}
    shared = [pair for pair in shared if pair[0].role in named] or shared
    right = any(abs((one.start - two.end).days) <= 200 for one, two in shared)
    role = shared[0][0].role
    name = reading.knowledge.labels.get(role, role)
    holders = sorted(
        (
            (term.start, person.name, term)
            for person in reading.knowledge.people.values()
            for term in person.roles
            if term.role == role
        ),
        key=lambda item: (item[0], item[1]),
    )
    best = f"{name}: " + "; ".join(f"{who}, {_term(term)}" for _, who, term in holders)
    why = "" if right else f"{newer.name} did not follow {older.name} as {name}"
    return Finding(
        *span,
        AGREES if right else WRONG,
        f"succession:{newer.key}:{older.key}",
        f"{newer.name} in the place of {older.name}",
        best,
        ACTORS,
        why=why,
        wording="" if right else best + ".",
        strength=9.0,
    )

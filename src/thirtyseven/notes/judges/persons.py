"""Judges what notes say of people: terms in prison, offices, successions; fates, trials and posts in modules of their own."""

from __future__ import annotations

from collections.abc import Iterator

from thirtyseven.notes.judges.fates import ACTORS, judge_fates
from thirtyseven.notes.judges.posts import judge_posts
from thirtyseven.notes.judges.stations import judge_stations
from thirtyseven.notes.judges.trials import judge_companions, judge_schools, judge_trials
from thirtyseven.notes.known.finding import Finding
from thirtyseven.notes.known.knowledge import AGREES, WRONG, Person, Role
from thirtyseven.notes.known.said import shown
from thirtyseven.notes.language.lexicon import Tag
from thirtyseven.notes.meaning.reading import Reading
from thirtyseven.notes.meaning.subjects import people_of, person_of, successions

_EXCLUSIVE = frozenset(
    "head-nkvd head-ogpu head-cheka leningrad-boss prosecutor defence-commissar premier foreign-"
    "commissar heavy-industry comintern-head ukraine-boss trial-judge trade-unions".split()
)


_ALSO = frozenset(
    "transport-commissar communications-commissar water-commissar finance-commissar agriculture-commissar navy-commissar "
    "president general-secretary chief-of-staff deputy-heavy gulag-head army-political gosplan-head komsomol-head first- "
    "deputy-nkvd moscow-boss georgia-boss w-siberia-boss".split()
)
"""Offices whose holders of the twenties the record does not have: who held them is right, nobody else is wrong."""


def judge_people(reading: Reading) -> list[Finding]:
    """All findings on people in a statement that is not a question."""
    if reading.question:
        return []
    return [
        *judge_fates(reading),
        *_terms_given(reading),
        *_offices(reading),
        *_successions(reading),
        *judge_posts(reading),
        *judge_trials(reading),
        *judge_companions(reading),
        *judge_stations(reading),
        *judge_schools(reading),
    ]


_BARE, _LONGEST_TERM = 5, 25
"""Tokens of a bare entry ("Sokolnikov: 10 years"), and the longest term in prison."""


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
            reading.low(index) in ("given", "gets", "got", "receives", "received", "sentence", "jailed")
            for index in range(max(0, amount.first - 5), amount.first)
        )
        said = said or (len(reading.tokens) <= _BARE and 3 <= amount.low <= _LONGEST_TERM)
        before = [tag for tag in people if tag.last < amount.first and amount.first - tag.last <= 9]
        if not said or not before or reading.negated(before[-1].first, amount.last) or reading.hedged:
            continue
        person = person_of(reading, before[-1])
        first_trial = _of_1936(reading, amount.first)
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


def _of_1936(reading: Reading, index: int) -> bool:
    """Whether the clause around a token speaks of the first Moscow trial or its year."""
    start, end = reading.clause(index)
    named = any(tag.key == "trial-16" and start <= tag.first <= end for tag in reading.tags)
    return named or any(when.years == (1936, 1936) and start <= when.first <= end for when in reading.dates)


# Offices -------------------------------------------------------------------------------------------------------

_COURTS = frozenset({"trial-16", "trial-17", "trial-21", "trial-army", "show-trials", "trial-w", "trial-1935"})

_COPULA = frozenset(
    ", was is the as became a then ( – — - : = ) former new made appointed named who now soviet and "
    "had been infamous notorious brutal sadistic ruthless powerful popular stalin's named replaced "
    "became of later then subsequently by".split()
)


def _offices(reading: Reading) -> Iterator[Finding]:
    people = people_of(reading)
    for role in reading.of_kind("role"):
        if role.key not in _EXCLUSIVE and role.key not in _ALSO:
            continue
        holders = [
            person for person in reading.knowledge.people.values() if any(one.role == role.key for one in person.roles)
        ]
        for tag in people:
            never = _never(reading, tag, role)
            if never and any(one.role == role.key for one in person_of(reading, tag).roles):
                yield _no_office(reading, tag, role)
            if not _held(reading, tag, role) or reading.negated(min(tag.first, role.first), max(tag.last, role.last)):
                continue
            person = person_of(reading, tag)
            if not person.roles and person.historian:
                continue
            terms = [one for one in person.roles if one.role == role.key]
            if role.key in _ALSO and not terms:
                continue
            local = any(one.role.startswith("NKVD chief") for one in person.roles)
            if role.key == "head-nkvd" and not terms and (local or _regional(reading, role)):
                continue
            name = reading.knowledge.labels.get(role.key, role.key)
            best = "; ".join(
                f"{one.name}: {_term(term)}" for one in holders for term in one.roles if term.role == role.key
            )
            first, last = min(tag.first, role.first), max(tag.last, role.last)
            if role.key == "trial-judge" and not terms and not reading.keys & _COURTS:
                continue
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


def _never(reading: Reading, tag: Tag, role: Tag) -> bool:
    """Whether an office is denied to a person once and for all ("Kaganovich was never commissar of transport")."""
    between = [reading.low(index) for index in range(tag.last + 1, role.first)]
    return "never" in between and all(word in _COPULA or word in ("never", "held", "on") for word in between)


def _no_office(reading: Reading, tag: Tag, role: Tag) -> Finding:
    person, name = person_of(reading, tag), reading.knowledge.labels.get(role.key, role.key)
    best = f"{person.name}, {name}: " + "; ".join(_term(one) for one in person.roles if one.role == role.key)
    about = f"office:{person.key}:{role.key}"
    return Finding(
        tag.first, role.last, WRONG, about, f"{person.name} never {name}", best, ACTORS, why="the notes deny it",
        wording=best + ".", strength=9.0,
    )  # fmt: skip


def _regional(reading: Reading, role: Tag) -> bool:
    """Whether the NKVD of one region is meant ("NKVD chief in the Far East", "the Leningrad NKVD boss")."""
    places = reading.of_kind("place")
    beside = any(-5 <= tag.first - role.last <= 4 for tag in places)
    return beside or (
        reading.low(role.last + 1) in ("in", "of", "for") and reading.low(role.last + 2) not in ("nkvd", "the")
    )


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
    if newer.key == older.key:
        return None
    named = {tag.key for tag in reading.of_kind("role")}
    if not shared:
        return _usurped(reading, newer, older, span) or _displaced(reading, newer, older, span)
    shared = [pair for pair in shared if pair[0].role in named] or shared
    right = any(abs((one.start - two.end).days) <= 200 for one, two in shared)
    return _followed(reading, newer, older, shared[0][0].role, span, right=right)


def _usurped(reading: Reading, newer: Person, older: Person, span: tuple[int, int]) -> Finding | None:
    """Somebody said to have followed in an office that he never held and of which the next holder is known."""
    named = {tag.key for tag in reading.of_kind("role")}
    chairs = [one for one in older.roles if one.role in named] or [one for one in older.roles if one.role in _CHIEF]
    if len({one.role for one in chairs}) != 1 or not newer.roles or reading.hedged:
        return None
    last = max(one.end for one in chairs)
    known = any(
        role.role == chairs[0].role and abs((role.start - last).days) <= 200
        for person in reading.knowledge.people.values()
        for role in person.roles
        if person.key != older.key
    )
    return _followed(reading, newer, older, chairs[0].role, span, right=False) if known else None


def _displaced(reading: Reading, newer: Person, older: Person, span: tuple[int, int]) -> Finding | None:
    """Somebody said to have been followed in an office that he never held, and of which the holder before is known."""
    named = {tag.key for tag in reading.of_kind("role")}
    chairs = [one for one in newer.roles if one.role in named]
    if not chairs and older.roles and not _OTHER_POSTS & {token.low for token in reading.tokens}:
        chairs = [one for one in newer.roles if one.role in _CHIEF]
    if len({one.role for one in chairs}) != 1 or older.historian or reading.hedged:
        return None
    first = min(one.start for one in chairs)
    known = any(
        role.role == chairs[0].role and abs((first - role.end).days) <= 200
        for person in reading.knowledge.people.values()
        for role in person.roles
        if person.key not in (newer.key, older.key)
    )
    return _followed(reading, newer, older, chairs[0].role, span, right=False) if known else None


_OTHER_POSTS = frozenset(
    "commission committee cadres department secretary secretariat control water agriculture deputy editor ambassador".split()
)
"""Words of offices that somebody may have had besides the one for which he is known."""

_CHIEF = frozenset(
    "head-nkvd leningrad-boss defence-commissar foreign-commissar heavy-industry ukraine-boss premier prosecutor".split()
)
"""Offices that are meant where it is only said that somebody followed their holder."""


def _followed(
    reading: Reading, newer: Person, older: Person, role: str, span: tuple[int, int], *, right: bool
) -> Finding:
    """The finding on who followed whom in an office, with its holders in order."""
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

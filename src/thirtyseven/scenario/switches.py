"""The switches: what contemporaries could have left undone, one row each.

A switch is allowed if people of the time could have taken it, if it is a small edit at a dated point, if the model has the
variable, and if it asks how there could have been less. None asks how there could have been more: a name that is not in
this table is refused. Grades of plausibility are judgement, each with its reason; sources are ids of the record.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from thirtyseven.society import calendar

Plausibility = Literal["high", "medium", "low to medium", "low"]
TOGETHER = 2
"""Most switches that may be supposed at once: with each further one the past is less like the one that was weighed."""
JOIN = "+"


class SwitchError(ValueError):
    """A supposition that is not offered, with the way out in one sentence."""


@dataclass(frozen=True)
class Switch:
    """One supposition.

    Attributes:
        slug: its name in commands and files.
        title: in plain words.
        had: the same as the beginning of a sentence.
        edit: what is changed in the model, and from when.
        day: the dated point.
        plausible: how near it lay.
        reason: why that grade.
        tests: what it puts to the test.
        source: ids of the record's events and documents it rests on.
        grades: how far it is taken, each a run of its own; 1 is wholly.
    """

    slug: str
    title: str
    had: str
    edit: str
    day: date
    plausible: Plausibility
    reason: str
    tests: str
    source: tuple[str, ...]
    grades: tuple[float, ...] = (1.0,)


SWITCHES: tuple[Switch, ...] = (
    Switch(
        "kirov-survives", "Kirov survives", "Had Kirov survived",
        "no shock in the week of 1 December 1934; the law of that day comes half a year later, on another pretext; trials keep "
        "their dates", calendar.KIROV, "high", "the murder hung on one man and one guard",
        "trigger against cause: is the purge gone, or only later?", ("E-0034",),
    ),
    Switch(
        "no-december-law", "No law of 1 December 1934", "Had the law of 1 December 1934 not been made",
        "cases of \"terror\" keep the ordinary term, a hearing of both sides and the right to appeal throughout", calendar.KIROV,
        "high", "until that day this was the law", "a brake in the courts", ("E-0034", "E-0035"),
    ),
    Switch(
        "good-harvest", "A good harvest in 1936", "Had the harvest of 1936 been good",
        "from July 1936 the difficulty of the harvest is at most that of 1935 for a year, and no region falls short of its plan",
        date(1936, 7, 1), "high", "the weather might have been otherwise", "hunger as a cause (opposition, reactions)",
        ("E-0045",),
    ),
    Switch(
        "yagoda-stays", "Yagoda stays at the head of the NKVD", "Had Yagoda stayed at the head of the NKVD",
        "the service never comes under Yezhov and grows at the pace of Yagoda's years", calendar.YEZHOV, "medium",
        "Yezhov already watched over the service for the Central Committee", "the service's own drive (agencies)",
        ("E-0051", "E-0052"),
    ),
    Switch(
        "no-war-threat", "Less danger of war", "Had the danger of war stayed nearer to that of 1934",
        "from 1935 on a quarter, half or three quarters of the danger above each line's mean of 1934 is taken away",
        date(1935, 1, 1), "medium", "a large change that would also have moved budget and Spain; therefore in steps",
        "danger from abroad (threat)", ("E-0046", "E-0048", "E-0058", "E-0078"), (0.25, 0.5, 0.75),
    ),
    Switch(
        "limits-fixed", "Limits cannot be raised", "Had the limits of Order 00447 not been raised",
        "no raise is granted or added, asked for or not; terms may be extended within the first limits", calendar.ORDER_00447,
        "high", "the order itself forbade to go beyond its figures without leave", "the loop of requests and raises",
        ("E-0083", "E-0100"),
    ),
    Switch(
        "four-months", "The mass operation ends after its four months", "Had the mass operation ended after its four months",
        "the term runs out 18 weeks after the first day, is not extended, and nothing is added to the limits afterwards; troikas "
        "finish the cases that they hold; lines and lists go on", date(1937, 12, 10), "high", "the term stood in the order",
        "prolongation by the centre", ("E-0083", "E-0095", "E-0100"),
    ),
    Switch(
        "second-category-only", "Order 00447 without its first category", "Had Order 00447 known no first category",
        "the places of the first category, and of its raises, go to the second; the national lines and lists keep theirs",
        calendar.ORDER_00447, "medium", "troikas before 1937 could not sentence to death", "the decision to kill",
        ("E-0041", "E-0082"),
    ),
    Switch(
        "no-naming", "Names given under interrogation lead to no arrests",
        "Had names given under interrogation led to no arrests",
        "from January 1937 no name given by office-holders, staff of the service or people held under the order is acted on; "
        "officers are left as they were, since ties did not raise their risk", date(1937, 1, 1), "medium",
        "beating was allowed by a decision that could have gone the other way", "chains of confessions", ("E-0063",),
    ),
    Switch(
        "unrewarded", "Denunciation is not rewarded", "Had denunciation brought no reward",
        "from the plenum of February 1937 criticism from below is encouraged no more than in 1935", calendar.PLENUM_1937,
        "medium", "the call for criticism was a choice of that plenum", "denunciation from below (below, reactions)", ("E-0063",),
    ),
    Switch(
        "no-registers", "No registers of suspects", "Had the police kept no registers of suspects",
        "nobody is entered when the run begins; people are entered only as the operation goes on", date(1934, 1, 1),
        "low to medium", "passports and registers were new in 1932-33, but wanted for much else", "registers as the tool",
        ("E-0021",),
    ),
    Switch(
        "no-elections", "No contested elections are announced", "Had no contested elections been announced",
        "from the adoption of the draft constitution in June 1936 the alarm about elections is at most that of 1935",
        date(1936, 6, 12), "medium", "several candidates were announced late and dropped in October 1937",
        "fear of the vote (reactions, opposition, inheritance)", ("E-0059", "E-0077", "E-0090"),
    ),
    Switch(
        "veto-kept", "The Politburo keeps its veto for party members",
        "Had the Politburo kept sparing party members, as with Riutin",
        "from the secret letter of July 1936 the drive against the elite is at most that run's mean of 1935", date(1936, 7, 29),
        "medium", "in 1932 Riutin was not shot; who opposed it is known at second hand", "how far the elite purge led the others",
        ("E-0018", "E-0049"),
    ),
    Switch(
        "no-requests", "The regions ask for nothing", "Had the regions asked for no raises",
        "no region asks for a raise or an extension", calendar.ORDER_00447, "medium", "some asked for less than others, a few "
        "for the first figures back", "initiative of the regions", ("E-0076", "E-0100"),
    ),
    Switch(
        "education", "Education instead of a purge", "Had the party been schooled instead of purged",
        "from May 1935 no review expels anybody and no campaign against disobedient officials is opened", date(1935, 5, 13),
        "low", "it was proposed for the party, and never for the suspect groups", "campaigns as the engine (reactions)",
        ("E-0040",),
    ),
)  # fmt: skip

SLUGS = tuple(switch.slug for switch in SWITCHES)


def switch(slug: str) -> Switch:
    """The switch of that name.

    Raises:
        SwitchError: there is none.
    """
    for one in SWITCHES:
        if one.slug == slug:
            return one
    raise SwitchError(
        f"There is no switch '{slug}'; choose one of: {', '.join(SLUGS)}. Each takes away something that could have been left "
        "undone, and none adds anything."
    )


@dataclass(frozen=True)
class Supposed:
    """One or two switches at one grade: what a set of paired runs differs by.

    Attributes:
        switches: one, or two together.
        grade: how far each graded switch is taken, 0 to 1.

    Raises:
        SwitchError: too many, the same twice, or a grade that would add instead of taking away.
    """

    switches: tuple[Switch, ...]
    grade: float = 1.0

    def __post_init__(self) -> None:
        if not 1 <= len(self.switches) <= TOGETHER:
            raise SwitchError(f"One or two switches can be supposed at once, not {len(self.switches)}; ask for them apart.")
        if len({one.slug for one in self.switches}) < len(self.switches):
            raise SwitchError(f"'{self.switches[0].slug}' is named twice; name two different switches.")
        if not 0.0 < self.grade <= 1.0:
            raise SwitchError(f"A switch can be taken as far as 0 to 1, not {self.grade:g}: it only takes away.")

    @property
    def name(self) -> str:
        """Slugs joined by +, with the grade in per cent where it is not wholly."""
        joined = JOIN.join(one.slug for one in self.switches)
        return joined if self.grade == 1.0 else f"{joined}-{100 * self.grade:.0f}"

    @property
    def title(self) -> str:
        """In plain words."""
        words = "; ".join(one.title for one in self.switches)
        return words if self.grade == 1.0 else f"{words} (by {100 * self.grade:.0f} %)"

    @property
    def had(self) -> str:
        """The beginning of a sentence."""
        first, *more = (one.had for one in self.switches)
        text = " and ".join([first, *(f"{word[0].lower()}{word[1:]}" for word in more)])
        return text if self.grade == 1.0 else f"{text} (by {100 * self.grade:.0f} %)"


def supposed(names: tuple[str, ...] = ()) -> tuple[Supposed, ...]:
    """What to run for the names that somebody asked for; a graded switch becomes one supposition a grade.

    Args:
        names: slugs, two of them joined by + where they are to act together; all switches where none is given.

    Raises:
        SwitchError: see `switch` and `Supposed`.
    """
    found: dict[str, Supposed] = {}
    for name in names or SLUGS:
        parts = tuple(switch(part.strip()) for part in name.split(JOIN))
        grades = sorted({grade for one in parts for grade in one.grades if one.grades != (1.0,)}) or [1.0]
        for grade in grades:
            one = Supposed(parts, grade)
            found[one.name] = one
    return tuple(found.values())

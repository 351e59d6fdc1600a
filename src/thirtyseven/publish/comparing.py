"""A model beside the record: what is right and what is wrong, said by rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from thirtyseven.publish.charts.months import DECREE, ORDER, is_outside
from thirtyseven.publish.charts.rows import day
from thirtyseven.publish.names import SLUGS, display, listed
from thirtyseven.publish.predicted import Model, Moment
from thirtyseven.publish.weighed import Band
from thirtyseven.publish.wording import count_word, share

# First and last month of each stretch, and how a sentence names it.
PERIODS: tuple[tuple[str, str, str], ...] = (
    ("1936-01", "1936-12", "in 1936"),
    ("1937-01", "1937-07", "before the order"),
    ("1937-08", "1937-12", "in the autumn of 1937"),
    ("1938-01", "1938-06", "in the first half of 1938"),
    ("1938-07", "1938-10", "in the summer of 1938"),
    ("1938-11", "1938-12", "at the stop"),
)
RISE, FALL = "in the autumn of 1937", ("in the summer of 1938", "at the stop")
WIDE = 6.0  # a band whose upper edge is this many times its lower edge says little
INSIDE = 0.75  # share of a stretch's months that must lie inside the band for it to be called right


@dataclass(frozen=True)
class MonthsFit:
    """How a band of months stands to the record.

    Attributes:
        known: months with a recorded number and a band.
        outside: how many of them lie outside the 90 % band.
        periods: by the name of a stretch: "right", "too many", "too few" or "mixed" (of the model).
        width: median ratio of the band's edges.
    """

    known: int
    outside: int
    periods: Mapping[str, str]
    width: float

    def right(self, *names: str) -> bool:
        """Whether all the named stretches that can be judged are right (and one can)."""
        words = [self.periods[n] for n in names if n in self.periods]
        return bool(words) and all(w == "right" for w in words)


def fit_months(months: Sequence[str], record: Sequence[float | None], band: Band) -> MonthsFit:
    """Compare a band with the record, stretch by stretch.

    Args:
        months: "1937-08" and so on.
        record: the record by month.
        band: the model's quantiles by month.

    Returns:
        The comparison; stretches without a recorded month are left out.
    """
    if not band.q05 or not record:
        return MonthsFit(0, 0, {}, 1.0)
    periods: dict[str, str] = {}
    known = outside = 0
    widths = []
    for first, last, name in PERIODS:
        below = above = n = 0
        for i, month in enumerate(months):
            value, low, high = record[i], band.q05[i], band.q95[i]
            if not first <= month <= last or value is None or low is None or high is None:
                continue
            n += 1
            widths.append((high + 1) / (low + 1))
            if is_outside(value, low, high):
                below, above = below + (value < low), above + (value > high)
        if n:
            known, outside = known + n, outside + below + above
            periods[name] = _period_word(n, below, above)
    return MonthsFit(known, outside, periods, median(widths) if widths else 1.0)


def _period_word(n: int, below: int, above: int) -> str:
    if (n - below - above) >= INSIDE * n:
        return "right"
    if above == 0 or below > 2 * above:
        return "too many"  # the record lies below the band: the model arrests too many
    return "too few" if below == 0 or above > 2 * below else "mixed"


def months_sentence(fit: MonthsFit) -> str:
    """One sentence on what a panel of months gets right and wrong."""
    if not fit.known:
        return "No months to compare."
    by: dict[str, list[str]] = {}
    for name, word in fit.periods.items():
        by.setdefault(word, []).append(name)
    parts = []
    if len(by.get("right", [])) == len(fit.periods):
        parts.append("Right all along")
    elif by.get("right"):
        parts.append(f"Right {listed(by['right'])}")
    for word in ("too many", "too few"):
        if by.get(word):
            parts.append(f"{word} {listed(by[word])}")
    if by.get("mixed"):
        parts.append(f"off in both directions {listed(by['mixed'])}")
    text = "; ".join(parts)
    wide = " The band is wide: it rules little out." if fit.width > WIDE and by.get("right") else ""
    return text[0].upper() + text[1:] + "." + wide


def outside_words(fit: MonthsFit) -> str:
    """Count the months outside the band, in words."""
    return f"Outside in {fit.outside} of {fit.known} months" if fit.known else ""


def months_finding(fits: Mapping[str, MonthsFit]) -> str:
    """The finding over the figure of months, from the eight single explanations."""
    single = [fits[s] for s in SLUGS if s in fits and fits[s].known]
    n = len(single)
    if not n:
        return "There are no months of the models to set beside the record"
    rise = [f.right(RISE) for f in single]
    fall = [f.right(*FALL) for f in single]
    both = sum(r and f for r, f in zip(rise, fall, strict=True))
    a, b = sum(rise), sum(fall)
    if both == n:
        return "Every explanation can make both the rise of autumn 1937 and the fall of late 1938"
    if a == 0 and b == 0:
        return "No explanation by itself makes the rise of autumn 1937, and none makes the fall of late 1938"
    if a == 0:
        return f"No explanation by itself makes the rise of autumn 1937; {_make(b, n)} the fall of late 1938"
    rise_ = f"{_cap(_make(a, n))} the rise of autumn 1937"
    if b == 0:
        return f"{rise_}; none makes the fall of late 1938"
    if both == 0:
        return f"{rise_}, {_make(b, n)} the fall of late 1938; none makes both"
    if both == b:
        return f"{rise_}; only {count_word(b)} of them make{'s' if b == 1 else ''} the fall of late 1938 too"
    return f"{rise_}, {_make(b, n)} the fall of late 1938; {count_word(both)} make{'s' if both == 1 else ''} both"


def _make(k: int, n: int) -> str:
    if k == n:
        return f"all {count_word(n)} make"
    return f"{count_word(k)} of {count_word(n)} make{'s' if k == 1 else ''}"


def _cap(text: str) -> str:
    return text[0].upper() + text[1:]


@dataclass(frozen=True)
class WhereFit:
    """How often runs raise the regions that were raised, and the others.

    Attributes:
        raised: mean share of runs, over regions raised on record.
        others: mean share of runs, over the rest.
        n_raised: number of regions raised on record.
        n_others: number of the rest.
    """

    raised: float
    others: float
    n_raised: int
    n_others: int


def fit_where(model: Model, raised: frozenset[str], regions: Sequence[str]) -> WhereFit | None:
    """Compare where runs raise limits with where they were raised; None without regional runs.

    Args:
        model: predictive series of one explanation.
        raised: regions whose limits were raised on record.
        regions: all regions compared (without the camps).
    """
    yes: list[float] = []
    no: list[float] = []
    for slug in regions:
        spread = model.regions.get(slug)
        if spread is None or spread.raised is None:
            continue
        (yes if slug in raised else no).append(spread.raised)
    if not yes or not no:
        return None
    return WhereFit(sum(yes) / len(yes), sum(no) / len(no), len(yes), len(no))


def where_sentence(fit: WhereFit | None) -> str:
    """One sentence on whether an explanation finds the regions that were raised."""
    if fit is None:
        return "No runs by region."
    pair = f"{share(fit.raised)} runs against {share(fit.others)}".replace("none runs", "no run")
    if min(fit.raised, fit.others) >= 0.9:
        return "Raises nearly every region; the record does not."
    if max(fit.raised, fit.others) <= 0.1:
        return "Raises hardly any region."
    gap = fit.raised - fit.others
    if gap >= 0.2:
        return f"Finds many of them: {pair}."
    if gap >= 0.08:
        return f"Finds them a little more often: {pair}."
    if gap <= -0.08:
        return f"Raises the others more often: {pair}."
    return f"Does not tell them from the others: {pair}."


def where_finding(fits: Mapping[str, WhereFit | None]) -> str:
    """The finding over the small maps."""
    known = {s: f for s, f in fits.items() if s in SLUGS and f is not None}
    finds = [s for s, f in known.items() if f.raised - f.others >= 0.2]
    if not known:
        return "There are no runs by region to set beside the raises on record"
    if not finds:
        return "No explanation by itself finds the regions whose limits were raised in 1938"
    if len(finds) == len(known):
        return "Every explanation raises the limits of the right regions more often than those of the others"
    names = listed([display(s) for s in finds])
    verb = "finds" if len(finds) == 1 else "find"
    only = "Only " if len(finds) <= 3 else ""
    return f"{only}{names} {verb} the regions whose limits were raised in 1938"


def moment_fits(moment: Moment, recorded: str) -> bool | None:
    """Whether the recorded date lies in the runs' 90 %; None where it never happens in the runs."""
    if not (moment.q05 and moment.q50 and moment.q95):
        return None
    return day(moment.q05) <= day(recorded) <= day(moment.q95)


def moment_words(moment: Moment, recorded: str, verb: str) -> str:
    """How far the middle run is from the date on record: "stops 12 weeks late"."""
    if not moment.q50:
        return f"never {verb}"
    weeks = round((day(moment.q50) - day(recorded)) / 7)
    if weeks == 0:
        return f"{verb} in the week on record"
    side = "late" if weeks > 0 else "early"
    return f"{verb} {abs(weeks)} week{'s' if abs(weeks) != 1 else ''} {side}"


def stop_finding(models: Mapping[str, Model]) -> str:
    """The finding over the figure of start and stop."""
    single = [models[s] for s in SLUGS if s in models]
    starts = sum(moment_fits(m.launch, ORDER) is True and (m.launch.by_itself or 0) >= 0.5 for m in single)
    stops = sum(moment_fits(m.stop, DECREE) is True and (m.stop.by_itself or 0) >= 0.5 for m in single)
    if not single:
        return "There are no dates from the models to set beside the record"
    if starts == 0 and stops == 0:
        return "No explanation by itself starts when the order came and none stops when the decree came"
    start = f"{_cap(count_word(starts))} of {count_word(len(single))} can start when the order came"
    if starts == 0:
        start = "None can start when the order came"
    stop = "none" if stops == 0 else count_word(stops)
    return f"{start}, {stop} can stop when the decree came"

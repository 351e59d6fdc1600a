"""What is needed for which question, what nothing reproduces, and how far the instrument can be believed."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup, escape

from thirtyseven.inference.outside import FOREIGN
from thirtyseven.publish.charts.figure import Figure, table
from thirtyseven.publish.charts.marks import Key, dot_keys, line_key, tick_key
from thirtyseven.publish.charts.rows import inclusion_row, none_row, predictive_row
from thirtyseven.publish.charts.tiles import bin_of
from thirtyseven.publish.measured import beside_middle, title_of, value_words
from thirtyseven.publish.names import EXPLANATIONS, QUESTIONS, SLUGS, display, listed
from thirtyseven.publish.weighed import Confusion, Inclusion, Result
from thirtyseven.publish.wording import (
    VERDICT_WORDS,
    called,
    count_word,
    inclusion_finding,
    inclusion_words,
    number,
    share,
    verdict,
)

Inclusions = Mapping[str, Mapping[str, Inclusion]]
MATRIX_EDGES = (0.05, 0.2, 0.4, 0.7)
MISFIT = 0.05  # a statistic counts as missed if fewer than this share of runs lie as far out
ALARM = 0.15  # mean distance of the two estimators that calls for doubt (inference.md, 5)
STRANGERS = {
    "logistic": "one smooth wave, shared out at random", "lottery": "a lottery in every week and region",
    "lines-by-lot": "national lines by lot, the rest as usual",
    "interior": "raises where no explanation looks, the rest as usual",
    "calendar": "an end by the calendar, whatever is decreed",
}  # fmt: skip
TOLD = 0.75  # area under the curve below which the answer is "cannot tell" (explanations.md, 3.0)


def inclusion_figure(result: Result) -> Figure:
    """Which mechanisms are needed for which question (visual language 5.4)."""
    questions = [q for q in QUESTIONS if q in result.inclusion]
    other = result.inclusion_without_plan
    panels = []
    for q in questions:
        rows = []
        for slug in SLUGS:
            one = result.inclusion[q].get(slug)
            alt = other.get(q, {}).get(slug) if slug != "plan" else None
            rows.append(inclusion_row(EXPLANATIONS[slug].title, one, verdict(one) if one else "", alt))
        none = result.none_of_these.get(q)
        rows.append(none_row(none.flagged if none else None))
        panels.append(
            Markup(
                f'<section class="ip"><h4>{escape(QUESTIONS[q].title)} <span>{escape(QUESTIONS[q].gloss)}</span></h4>'
                f'{Markup("").join(rows)}<div class="iax" aria-hidden="true"><span>0 not needed</span>'
                "<span>needed 1</span></div></section>"
            )
        )
    keys: list[Key] = list(dot_keys("undecided: the interval holds the prior", "mean and 90 % interval"))
    keys.append(line_key("prior", "prior, before the evidence"))
    if other:
        keys.append(line_key("alt", "mean if no schedule is allowed"))
    missing = (
        "A dotted row with “?” means that the instrument cannot tell: see the figure on known pasts below."
    )
    if any(n.flagged is not None for n in result.none_of_these.values()):
        missing += (
            " “None of these” is yes where at most 5 in 100 pasts made by these explanations fit as badly."
        )
    return Figure(
        id="inclusion",
        finding=inclusion_finding(result.inclusion),
        definition=(
            "Probability that a mechanism is needed to reproduce the record, given these models, these priors and "
            "these data, with its 90 % interval. It is not the probability that a historian is right."
        ),
        keys=tuple(keys),
        body=Markup(f'<div class="incl five">{Markup("").join(panels)}</div>'),
        tables=_inclusion_tables(result, questions),
        missing=missing,
        source="Simulated: composite of all eight, mean of two unlike estimators; interval over both, over the "
        "ensemble and over resampled banks.",
    )


def _inclusion_tables(result: Result, questions: Sequence[str]) -> tuple:  # type: ignore[type-arg]
    head = ["Explanation"] + [QUESTIONS[q].title for q in questions]

    def rows(inclusions: Inclusions) -> list[list[str]]:
        out = []
        for slug in SLUGS:
            cells = [EXPLANATIONS[slug].title]
            for q in questions:
                one = inclusions.get(q, {}).get(slug)
                cells.append("–" if one is None else f"{inclusion_words(one)}, {VERDICT_WORDS[verdict(one)]}")
            out.append(cells)
        return out

    main = rows(result.inclusion)
    none = ["None of these"]
    for q in questions:
        test = result.none_of_these.get(q)
        none.append(
            "–"
            if test is None or test.p is None
            else f"p = {number(test.p)}{', yes' if test.flagged else ''}"
        )
    tables = [table("Inclusion by question: mean (90 % interval) and what it says", head, [*main, none])]
    if result.inclusion_without_plan:
        tables.append(
            table("The same if no schedule is allowed", head, rows(result.inclusion_without_plan)[1:])
        )
    return tuple(tables)


def best_tails(result: Result) -> dict[str, tuple[float, str]]:
    """For each statistic the highest tail probability that any kind reaches, and which does."""
    out: dict[str, tuple[float, str]] = {}
    for kind, fit in result.fits.items():
        for s in fit.statistics:
            if s.tail is not None and s.tail > out.get(s.id, (-1.0, ""))[0]:
                out[s.id] = (s.tail, kind)
    for one in result.statistics:
        if one.tail is not None and one.tail > out.get(one.id, (-1.0, ""))[0]:
            out[one.id] = (one.tail, "composite")
    return out


def misfit_figure(result: Result) -> Figure | None:
    """What the models do not reproduce: the record's statistics on their bands, worst first (5.10)."""
    best = best_tails(result)
    known = [s for s in result.statistics if None not in (s.observed, s.q05, s.q50, s.q95)]
    if not known:
        return None
    known.sort(key=lambda s: (best.get(s.id, (1.0, ""))[0], s.tail if s.tail is not None else 1.0, s.id))
    rows, cells = [], []
    for s in known:
        tail, kind = best.get(s.id, (s.tail if s.tail is not None else 1.0, "composite"))
        rows.append(
            predictive_row(title_of(s.id), s.observed or 0.0, (s.q05 or 0.0, s.q50 or 0.0, s.q95 or 0.0),
                           beside_middle(s.id, s.observed, s.q50), "worst" if tail < MISFIT else "")
        )  # fmt: skip
        cells.append(
            (title_of(s.id), QUESTIONS[s.phase].title if s.phase in QUESTIONS else s.phase,
             value_words(s.id, s.observed), value_words(s.id, s.q50),
             f"{value_words(s.id, s.q05)} to {value_words(s.id, s.q95)}", number(s.tail), number(tail), display(kind))
        )  # fmt: skip
    missed = [s for s in known if best.get(s.id, (1.0, ""))[0] < MISFIT]
    return Figure(
        id="misfit",
        finding=misfit_finding([title_of(s.id) for s in missed], len(known)),
        definition=(
            "Each row is one statistic of the record (tick) on the band of all explanations together, 5 to 95 % of "
            "runs; every band is drawn equally wide. Worst first, by the best that any explanation or mixture "
            "reaches. At the right: the record beside the middle run."
        ),
        keys=(tick_key("the record on 90 % of runs"),),
        body=Markup(f'<div class="pred">{Markup("").join(rows)}</div>'),
        tables=(
            table(
                "Predictive check: the record, all explanations together, and the best of all kinds",
                ("Statistic", "Question", "The record", "Middle of runs", "5 to 95 %", "Runs as far out",
                 "Best of all kinds", "reached by"), cells,
            ),
        ),
        missing="Counts are rounded: the comparison is made on logarithms.",
        source="Recorded, compiled and estimated figures with the archive’s own error; simulated: posterior "
        "predictive runs.",
    )  # fmt: skip


def misfit_finding(missed: Sequence[str], of: int) -> str:
    """What none of the explanations reproduces, named."""
    if not missed:
        return (
            f"Each of the {of} statistics is made by some explanation or mixture, though not all by the same"
        )
    names = listed(list(missed[:3]) + ([f"{len(missed) - 3} more"] if len(missed) > 3 else []))
    if len(missed) == 1:
        return f"One of the {of} statistics is made by none of them: {names}"
    return f"{count_word(len(missed)).capitalize()} of the {of} statistics are made by none of them: {names}"


def recovery_figure(result: Result) -> Figure | None:
    """What the instrument says of pasts that it knows (visual language 5.5)."""
    found = result.recovery.explanations
    if not found.slug_named:
        return None
    trials = {
        s: sum(n for k, n in zip(found.kinds, found.truths) if k.split("/")[0] == s) for s in found.slugs
    }
    body = []
    for i, truth in enumerate(found.slugs):
        cells = []
        for j, value in enumerate(found.slug_named[i]):
            share_ = value or 0.0
            css = f"sim{bin_of(share_, MATRIX_EDGES)}{' own' if i == j else ''}"
            cells.append(f'<td class="{css}">{100 * share_:.0f}</td>')
        body.append(
            f'<tr><th scope="row">{escape(display(truth))}</th>{"".join(cells)}<td class="n">{trials[truth]}</td></tr>'
        )
    heads = "".join(
        f'<th scope="col">{escape(h)}</th>' for h in ["made by", *map(display, found.slugs), "pasts"]
    )
    picture = Markup(
        '<div class="scroll matrix" tabindex="0" role="region" aria-label="Recovery matrix"><table>'
        "<caption>Row: what made the past. Column: what the instrument named, of 100 pasts.</caption>"
        f"<thead><tr>{heads}</tr></thead><tbody>{''.join(body)}</tbody></table></div>"
    )
    return Figure(
        id="recovery",
        finding=recovery_finding(found),
        definition=(
            "Pasts made by a known explanation, with the record’s gaps and errors put into them, were given to the "
            "instrument as if they were the record. Of 100 pasts in each row: how often it named each. Outlined: right."
        ),
        body=picture,
        tables=(),
        source="Simulated: runs that the networks had not seen. The next figure judges mixed pasts.",
    )  # fmt: skip


def recovery_finding(found: Confusion) -> str:
    """How often the right explanation is named, and the largest confusion between two, in words."""
    n = len(found.slugs)
    right = sum(found.slug_named[i][i] or 0.0 for i in range(n)) / n
    value, i, j = max((found.slug_named[i][j] or 0.0, i, j) for i in range(n) for j in range(n) if i != j)
    first = f"Of 100 pasts made by one explanation the instrument names the right one for {100 * right:.0f}"
    if value < 0.05:
        return f"{first}, and mistakes none for another often"
    return f"{first}; it takes {called(found.slugs[i])} for {called(found.slugs[j])} in {share(value)} trials"


def outside_figure(result: Result) -> Figure | None:
    """What the test of "none of these" sees of pasts from simulators outside the set."""
    questions = [q for q in QUESTIONS if q in result.none_of_these and result.none_of_these[q].outside]
    names = sorted({name for q in questions for name in result.none_of_these[q].outside})
    if not names:
        return None
    seen = {q: [result.none_of_these[q].outside.get(n) or 0.0 for n in names] for q in questions}
    body = "".join(
        f'<tr><th scope="row">{escape(_stranger(name))}</th>'
        + "".join(f'<td class="sim{bin_of(seen[q][i], MATRIX_EDGES)}">{100 * seen[q][i]:.0f}</td>' for q in questions)
        + "</tr>"
        for i, name in enumerate(names)
    )
    heads = "".join(f'<th scope="col">{escape(QUESTIONS[q].title)}</th>' for q in questions)
    return Figure(
        id="strangers",
        finding=outside_finding(_foreign(names, seen)),
        definition=(
            "Pasts that no explanation made, throughout or in one question, were given to the instrument. Of 100 "
            "such pasts: how many its test calls “none of these”. Of pasts made by the explanations themselves it "
            "calls 5 of 100 so. The sentence above counts only pasts that are foreign in the question."
        ),
        body=Markup(
            '<div class="scroll matrix" tabindex="0" role="region" aria-label="Strangers seen"><table>'
            "<caption>Pasts from outside the set called “none of these”, of 100</caption>"
            f'<thead><tr><th scope="col">made by</th>{heads}</tr></thead><tbody>{body}</tbody></table></div>'
        ),
        tables=(),
        source="Simulated: runs of simulators outside the set, with the record’s gaps and errors.",
    )


def _foreign(names: Sequence[str], seen: Mapping[str, Sequence[float]]) -> dict[str, float]:
    """By question the mean over the strangers that are foreign in it; over all where none is known to be."""
    found = {}
    for q, values in seen.items():
        own = [v for name, v in zip(names, values) if q in FOREIGN.get(name.split("/")[-1], ())] or list(values)
        found[q] = sum(own) / len(own)
    return found


def _stranger(kind: str) -> str:
    """An outside simulator's name for readers."""
    name = kind.split("/")[-1]
    return STRANGERS.get(name, name.replace("-", " "))


def outside_finding(seen: Mapping[str, float]) -> str:
    """For which questions the test sees strangers, and for which it is nearly blind."""
    sees = [f"the {QUESTIONS[q].verb}" for q, v in seen.items() if v >= 0.5]
    blind = [f"the {QUESTIONS[q].verb}" for q, v in seen.items() if v < 0.2]
    start = "The test of “none of these”"
    if len(sees) == len(seen):
        return f"{start} sees most pasts from outside the set, on every question"
    if len(blind) == len(seen):
        return f"{start} is nearly blind on every question: its silence means little"
    if sees and blind:
        return f"{start} sees most strangers on {listed(sees)} and is nearly blind on {listed(blind)}"
    if sees:
        return f"{start} sees most strangers on {listed(sees)}, on the other questions fewer"
    if blind:
        return f"{start} sees some strangers, and is nearly blind on {listed(blind)}"
    return f"{start} sees some strangers on every question, and most on none"


def told_figure(result: Result) -> Figure | None:
    """For which question and mechanism the instrument can tell at all: area under the curve."""
    questions = [q for q in QUESTIONS if any(i.auc is not None for i in result.inclusion.get(q, {}).values())]
    if not questions:
        return None
    told = cells = 0
    body, rows = [], []
    for slug in SLUGS:
        tds, texts = [], [EXPLANATIONS[slug].title]
        for q in questions:
            one = result.inclusion[q].get(slug)
            if one is None or one.auc is None:
                tds.append("<td>–</td>")
                texts.append("–")
                continue
            cells, told = cells + 1, told + one.told
            tds.append(
                f'<td class="{"told" if one.told else "untold"}">{one.auc:.2f}{"" if one.told else " ?"}</td>'
            )
            texts.append(f"{one.auc:.2f}, {'can tell' if one.told else 'cannot tell'}")
        body.append(f'<tr><th scope="row">{escape(EXPLANATIONS[slug].title)}</th>{"".join(tds)}</tr>')
        rows.append(texts)
    heads = "".join(f'<th scope="col">{escape(QUESTIONS[q].title)}</th>' for q in questions)
    return Figure(
        id="told",
        finding=told_finding(told, cells),
        definition=(
            "Mixed pasts with and without a mechanism, told apart by the instrument: 1 always, 0.5 no better than "
            f"tossing a coin. Under {TOLD} (marked “?”) every answer for that mechanism and question is “cannot tell”."
        ),
        body=Markup(
            '<div class="scroll matrix" tabindex="0" role="region" aria-label="Where the instrument can tell"><table>'
            "<caption>Area under the ROC curve, held-out mixed pasts</caption>"
            f'<thead><tr><th scope="col">Explanation</th>{heads}</tr></thead>'
            f"<tbody>{''.join(body)}</tbody></table></div>"
        ),
        tables=(),
        source="Simulated: held-out composite runs with known weights.",
    )


def told_finding(told: int, cells: int) -> str:
    """In how many of the cells the instrument can tell."""
    if told == 0:
        return "In mixed pasts the instrument can tell for none of the mechanisms whether it was at work"
    if told == cells:
        return (
            "In mixed pasts the instrument can tell for every mechanism and question whether it was at work"
        )
    return (
        f"In mixed pasts the instrument can tell in {told} of {cells} cases whether a mechanism was at work; "
        "in the others it keeps silent"
    )


def changes_without_recalled(result: Result) -> list[str]:
    """Which answers change if every figure that rests on recall is left out, one sentence a question."""
    out = []
    for q, slugs in result.without_recalled.inclusion.items():
        changed = []
        for slug in SLUGS:
            before, after = result.inclusion.get(q, {}).get(slug), slugs.get(slug)
            if before is None or after is None:
                continue
            one, two = VERDICT_WORDS[verdict(before)], VERDICT_WORDS[verdict(after)]
            if one != two:
                changed.append(f"{called(slug)} ({one} becomes {two})")
        if changed and q in QUESTIONS:
            out.append(f"{QUESTIONS[q].title}: {listed(changed)}.")
    return out


def agreement_sentences(result: Result) -> list[str]:
    """Where the two estimators differ by more than the alarm of .15, and where not."""
    known = {q: gap.mean for q, gap in result.agreement.composite.items() if gap.mean is not None}
    if not known:
        return []
    apart = [QUESTIONS[q].title.lower() for q, d in known.items() if d > ALARM and q in QUESTIONS]
    if apart:
        return [
            f"The two estimators differ by more than {ALARM} on {listed(apart)}: read those answers with more doubt."
        ]
    most = number(max(known.values()))
    return [f"The two estimators differ by at most {most} on any question; that they agree is no proof."]


def calibration_sentences(result: Result) -> list[str]:
    """How honest stated probabilities were in known mixed pasts."""
    gaps = {
        q: told.ece
        for q, told in result.recovery.inclusion.items()
        if told.ece is not None and q in QUESTIONS
    }
    if not gaps:
        return []
    worst = max(gaps, key=lambda q: gaps[q])
    low, high = number(min(gaps.values())), number(gaps[worst])
    span = low if low == high else f"{low} to {high}"
    return [
        f"In known mixed pasts the stated probabilities are off by {span} on average"
        + ("." if low == high else f", most for the {QUESTIONS[worst].verb}.")
    ]

"""The report: one self-contained page from `result.json`, `series.json` and the record."""

from pathlib import Path
from typing import Any

from markupsafe import Markup

from thirtyseven.publish.argument import cases, series_credits, sources
from thirtyseven.publish.beside import moments_figure, months_figure, robust_lines
from thirtyseven.publish.chapters import chapters
from thirtyseven.publish.charts.figure import Figure, table
from thirtyseven.publish.finished import FinishedFileError, read_result, read_series
from thirtyseven.publish.fitted import category_figure, verdicts_figure
from thirtyseven.publish.names import NAMES, QUESTIONS, SLUGS, display, listed
from thirtyseven.publish.pages import emphasised, foot, render
from thirtyseven.publish.predicted import Series
from thirtyseven.publish.recorded import yearly_totals
from thirtyseven.publish.regions import places, region_records
from thirtyseven.publish.trust import (
    agreement_sentences,
    calibration_sentences,
    changes_without_recalled,
    inclusion_figure,
    misfit_figure,
    outside_figure,
    recovery_figure,
    told_figure,
)
from thirtyseven.publish.weighed import Result
from thirtyseven.publish.where import counts_figure, limits_figure, raises_figure
from thirtyseven.publish.wording import Answer, answers_of, called, count_word, headline, number
from thirtyseven.publish.years import years_figure
from thirtyseven.record import Record

NAV = (
    ("#answer", "The answer"), ("#holds", "What holds"), ("#beside", "Beside the record"), ("#needed", "Needed"),
    ("#missed", "Missed"), ("#asked", "Asked further"), ("#trust", "How sure"), ("#settle", "What would settle it"),
    ("#made", "How made"), ("#table", "For and against"), ("#sources", "Sources"), ("#cite", "Cite"),
)  # fmt: skip
UNCHECKED = (
    ("calibration", "Whether the parameters’ intervals hold the truth as often as they say (simulation-based calibration)."),
    ("heldout", "Prediction of what was left out: single regions, 1938, the stop, one class of evidence at a time."),
    ("sensitivity", "How the answer moves under other priors than the ones written down."),
    ("", "The coding of border, harvest and threat by a second person who has not seen the outcome."),
    ("", "What single people did, and why: the models hold offices and registers, not motives."),
)
"""What the weighing alone leaves open, each with the chapter that answers it where it was asked."""


def write_report(folder: Path, record: Record) -> Path:
    """Write `report.html` into a weighing's folder.

    Args:
        folder: holds `result.json` and `series.json`.
        record: the loaded record.

    Returns:
        Path of the page.

    Raises:
        FinishedFileError: a file is missing or broken, or the folder cannot be written to; one sentence.
    """
    result, series = read_result(folder), read_series(folder)
    page = report_html(result, series, record, folder)
    path = folder / "report.html"
    part = folder / "report.html.part"
    try:
        part.write_text(page, encoding="utf-8")
        part.replace(path)
    except OSError as error:
        raise FinishedFileError(
            f"The report cannot be written to {folder} ({error.strerror or error}): "
            "free some space or choose another folder with --out."
        ) from None
    return path


def report_html(result: Result, series: Series, record: Record, folder: Path | None = None) -> str:
    """The report as HTML.

    Args:
        result: the weighing.
        series: its predictive series.
        record: the loaded record.
        folder: where what else was asked of the weighing lies, if anywhere.
    """
    asked = chapters(folder, result)
    answers = answers_of(result)
    everywhere, some = robust_lines(series)
    return render(
        "report.html",
        title="Who or what drove the Great Terror, 1936–38?",
        nav=NAV,
        nav_label="Chapters",
        r=result,
        runs=f"{result.runs.total:,}",
        headline=headline(answers, result.inclusion),
        answers=[_answer_context(a) for a in answers.values()],
        holds_all=everywhere,
        holds_some=some,
        holds_title=holds_title(result, series, everywhere),
        holds_asked=listed([NAMES[s].title for s in _asked(series)]),
        shown=_variants_shown(series),
        beside=_beside(result, series, record),
        inclusion=inclusion_figure(result),
        misfit=misfit_figure(result),
        trust=[f for f in (told_figure(result), recovery_figure(result), outside_figure(result)) if f],
        recall_title=_recall_title(result),
        recall_lines=changes_without_recalled(result),
        honest_lines=agreement_sentences(result) + calibration_sentences(result),
        asked=asked,
        unchecked=[line for chapter, line in UNCHECKED if chapter not in asked["trust"].names],
        facts=_facts(result, record),
        prior_table=_alone_figure(result),
        cases=cases(record),
        seen=sources(record, "seen"),
        recalled=sources(record, "recalled"),
        credits=series_credits(record),
        citation=_citation(result),
        foot=foot(f"thirtyseven {result.version} · record {result.record_digest} · seed {result.seed}"),
        footer=f"thirtyseven {result.version} · record {result.record_digest} · code {result.code_digest} · "
        f"statistics {result.statistics_digest} · seed {result.seed}",
    )


def _answer_context(a: Answer) -> dict[str, Any]:
    question = QUESTIONS[a.question]
    return {
        "asks": question.asks, "gloss": question.gloss, "head": emphasised(a.head), "more": a.more, "sure": a.sure,
    }  # fmt: skip


def _asked(series: Series) -> list[str]:
    """Explanations and mixtures under which the sentences were tried, in the one order."""
    return [s for s in NAMES if any(s in item.holds for item in series.robust)]


def holds_title(result: Result, series: Series, everywhere: list[str]) -> str:
    """What was asked of whom, so that one lone explanation is never called "every"."""
    asked, n = _asked(series), len(everywhere)
    some = f"{count_word(n).capitalize()} sentence{'s' if n != 1 else ''}" if n else "None of the sentences tried"
    hold = "holds" if n <= 1 else "hold"
    if not asked:
        return "No sentence was tried under all explanations"
    if result.robust.rule == "closest":
        those = "the one" if len(asked) == 1 else f"the {count_word(len(asked))}"
        return f"No explanation fits well enough; {some.lower()} {hold} under {those} closest to the record"
    if len(asked) == 1:
        return f"Only {NAMES[asked[0]].title} fits; {some.lower()} {hold} under it, which is no proof"
    return f"{some} {hold} under all {count_word(len(asked))} explanations and mixtures that fit"


def _variants_shown(series: Series) -> str:
    """Which variant of each explanation the figures show."""
    strict = [called(s) for s in SLUGS if s in series.models and series.models[s].variant == "strict"]
    text = "Each explanation has a strict form and a charitable one, written after its best advocates"
    if not strict:
        return f"{text}. The figures show the charitable one."
    loose = [
        s for s in SLUGS if s in series.models and s not in strict and series.models[s].variant != "strict"
    ]
    if not loose:
        return f"{text}. The figures show the strict one, which came closer to the statistics every time."
    return (
        f"{text}. The figures show the one that came closer to the statistics: strict for {listed(strict)}."
    )


def _beside(result: Result, series: Series, record: Record) -> list[Figure]:
    if not result.of_the_record:  # nothing of the record is set beside runs that were fitted to another table
        given = [months_figure(series, False), category_figure(result, series), verdicts_figure(result, series)]
        return [f for f in given if f is not None]
    regions, tiles = region_records(record), places(record)
    figures = [
        months_figure(series, True),
        years_figure(series, yearly_totals(record)),
        limits_figure(tiles, regions),
        raises_figure(tiles, regions, series),
        counts_figure(regions),
        category_figure(result, series),
        moments_figure(series),
        verdicts_figure(result, series),
    ]
    return [f for f in figures if f is not None]


def _recall_title(result: Result) -> str:
    if result.recalled_share is None:
        return "How much of the evidence rests on recall is not known"
    changes = changes_without_recalled(result)
    first = f"{100 * result.recalled_share:.0f} % of the evidence was cited from memory"
    if not result.without_recalled.inclusion:
        return first
    return f"{first}; left out, it changes {'the answers below' if changes else 'no answer'}"


def _facts(result: Result, record: Record) -> list[tuple[str, str]]:
    facts = [
        ("Version", f"thirtyseven {result.version}"),
        ("Budget", f"{result.budget}, {result.runs.total:,} model runs, seed {result.seed}"),
        ("Weighed", "the record" if result.of_the_record else f"a given table: {result.observed}"),
        ("Record", f"digest {result.record_digest}"),
        ("Code", f"digest {result.code_digest}"),
        ("Statistics", f"{len(result.statistics)}, digest {result.statistics_digest}"),
    ]
    if record.digest != result.record_digest:
        facts.append(
            (
                "Careful",
                f"this page was written with another record (digest {record.digest}) than was weighed",
            )
        )
    return facts


def _alone_figure(result: Result) -> Figure | None:
    if not result.explanations:
        return None
    rows = []
    for e in result.explanations:
        kind = e.kind or (f"{e.slug}/{e.variant}" if e.variant else e.slug)
        fit = result.fits.get(kind)
        evidence = e.log_evidence
        rows.append(
            (display(kind if "/" not in kind else e.slug), e.variant if "/" in kind else "–",
             interval(e.survives.mean, e.survives.low, e.survives.high, 3),
             "–" if evidence is None or evidence.mean is None else
             f"{number(evidence.mean, 1)} ± {number(evidence.error, 1)}",
             "–" if fit is None else interval(fit.score.mean, fit.score.low, fit.score.high, 2),
             "–" if fit is None or fit.covered is None else f"{100 * fit.covered:.0f} %")
        )  # fmt: skip
    return Figure(
        id="alone",
        finding="Each explanation by itself, for teaching and not as a finding",
        definition=(
            "Share of its prior that survives history matching, log evidence, and mean distance from the statistics "
            "over fresh seeds. These depend on how wide we drew each prior: none of them may be quoted as the "
            "probability of an explanation."
        ),
        body=Markup(""),
        tables=(
            table(
                "Single explanations",
                (
                    "Explanation",
                    "Variant",
                    "Prior that survives",
                    "Log evidence",
                    "Distance",
                    "Statistics inside",
                ),
                rows,
            ),
        ),
        source="Simulated.",
    )


def interval(middle: float | None, low: float | None, high: float | None, digits: int) -> str:
    """A number with its interval: "0.29 (0.27–0.31)"."""
    if middle is None:
        return "–"
    ends = "" if low is None or high is None else f" ({number(low, digits)}–{number(high, digits)})"
    return number(middle, digits) + ends


def _citation(result: Result) -> str:
    return (
        f"thirtyseven (version {result.version}): weighing of eight explanations of the Great Terror, budget "
        f"{result.budget}, seed {result.seed}; record {result.record_digest}, code {result.code_digest}, "
        f"statistics {result.statistics_digest}."
    )

"""The report: one self-contained page from `result.json`, `series.json` and the record."""

from pathlib import Path
from typing import Any

from markupsafe import Markup

from thirtyseven.publish.argument import cases, series_credits, sources
from thirtyseven.publish.beside import moments_figure, months_figure, robust_lines
from thirtyseven.publish.charts.figure import Figure, table
from thirtyseven.publish.finished import FinishedFileError, read_result, read_series
from thirtyseven.publish.fitted import category_figure, verdicts_figure
from thirtyseven.publish.names import QUESTIONS, display
from thirtyseven.publish.pages import emphasised, render
from thirtyseven.publish.predicted import Series
from thirtyseven.publish.recorded import yearly_totals
from thirtyseven.publish.regions import places, region_records
from thirtyseven.publish.trust import (
    agreement_sentences,
    calibration_sentences,
    changes_without_recalled,
    inclusion_figure,
    misfit_figure,
    recovery_figure,
    told_figure,
)
from thirtyseven.publish.weighed import Result
from thirtyseven.publish.where import counts_figure, limits_figure, raises_figure
from thirtyseven.publish.wording import Answer, answer, count_word, headline, number
from thirtyseven.publish.years import years_figure
from thirtyseven.record import Record

NAV = (
    ("#answer", "The answer"), ("#holds", "What holds"), ("#beside", "Beside the record"), ("#needed", "Needed"),
    ("#missed", "Missed"), ("#trust", "How sure"), ("#made", "How made"), ("#table", "For and against"),
    ("#sources", "Sources"), ("#cite", "Cite"),
)  # fmt: skip
UNCHECKED = (
    "Whether the parameters’ intervals hold the truth as often as they say (simulation-based calibration).",
    "Prediction of what was left out: single regions, 1938, the stop, one class of evidence at a time.",
    "How the answer moves under other priors than the ones written down.",
    "The coding of border, harvest and threat by a second person who has not seen the outcome.",
    "What single people did, and why: the models hold offices and registers, not motives.",
)


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
    page = report_html(result, series, record)
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


def report_html(result: Result, series: Series, record: Record) -> str:
    """The report as HTML.

    Args:
        result: the weighing.
        series: its predictive series.
        record: the loaded record.
    """
    answers = {
        q: answer(q, result.inclusion[q], result.none_of_these.get(q))
        for q in QUESTIONS
        if q in result.inclusion
    }
    everywhere, some, tried = robust_lines(series)
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
        holds_title=_holds_title(everywhere, some, tried),
        beside=_beside(result, series, record),
        inclusion=inclusion_figure(result),
        misfit=misfit_figure(result),
        trust=[f for f in (recovery_figure(result), told_figure(result)) if f],
        recall_title=_recall_title(result),
        recall_lines=changes_without_recalled(result),
        honest_lines=agreement_sentences(result) + calibration_sentences(result),
        unchecked=UNCHECKED,
        facts=_facts(result, record),
        prior_table=_alone_figure(result),
        cases=cases(record),
        sources=sources(record),
        credits=series_credits(record),
        citation=_citation(result),
        footer=f"thirtyseven {result.version} · record {result.record_digest} · code {result.code_digest} · "
        f"statistics {result.statistics_digest} · seed {result.seed}",
    )


def _answer_context(a: Answer) -> dict[str, Any]:
    question = QUESTIONS[a.question]
    return {
        "asks": question.asks, "gloss": question.gloss, "head": emphasised(a.head), "more": a.more, "sure": a.sure,
    }  # fmt: skip


def _holds_title(everywhere: list[str], some: list[str], tried: int) -> str:
    if not tried:
        return "No sentence was tried under all explanations"
    if not everywhere:
        return f"None of the {len(some)} sentences tried holds under all {count_word(tried)} explanations"
    if len(everywhere) == 1:
        return "One sentence does not depend on which explanation is right"
    return f"{count_word(len(everywhere)).capitalize()} sentences do not depend on which explanation is right"


def _beside(result: Result, series: Series, record: Record) -> list[Figure]:
    regions, tiles = region_records(record), places(record)
    figures = [
        months_figure(series, result.of_the_record),
        years_figure(series, yearly_totals(record)),
        limits_figure(tiles, regions),
        raises_figure(tiles, regions, series, result.of_the_record),
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

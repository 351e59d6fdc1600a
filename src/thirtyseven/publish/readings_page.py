"""The page on the two readings (`docs/readings.md`): how far they agree, what differed, how it was resolved."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from thirtyseven.publish.readings import (
    GRADES,
    Agreement,
    Compared,
    Piece,
    agreement,
    arguments,
    by_family,
    comparison,
    pieces,
    second,
)
from thirtyseven.record import Record


def page(record: Record) -> str:
    """Write the comparison of the two readings as a Markdown page.

    Args:
        record: the record, with both readings.

    Returns:
        The text of `docs/readings.md`.
    """
    rows, found = comparison(record), pieces(record)
    parts = (
        _head(rows),
        _overall(rows),
        _crossed(record, rows),
        _families(record, rows),
        _differences(record, rows, "no", "## Other verdicts, one by one"),
        _differences(record, rows, "near", "## Neighbouring verdicts"),
        _mended(record, rows),
        _explanations(record, found),
    )
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def _head(rows: tuple[Compared, ...]) -> list[str]:
    """Say what was done, and what it is not."""
    return [
        "# Two readings of the same claims",
        "",
        f"The {len(rows)} claims and the explanations were read twice. The second reader was given ids, families and",
        "statements, and wrote verdict, deciding fact and reason from the starting tables and the literature before seeing",
        "the first reading. Then the two were laid side by side. The second reading is kept as it was written, terse where",
        "it was terse, with the verdicts that the first had before; the claims of the record hold the resolution. This page",
        "is generated: every number on it is counted from `record/data/readings/`.",
        "",
        "What it shows and what it does not: both readers had the same tables, the same vocabulary and much the same",
        "literature, recalled more often than seen. The second reader also knew the design's list of contradictions, which",
        "says how a dozen families were first seen, and resolved the differences. Agreement therefore tells how firmly the",
        "verdicts follow from this evidence, not how true they are; a third reader with the archives open is still wanted.",
    ]


def _overall(rows: tuple[Compared, ...]) -> list[str]:
    """Write the totals."""
    every = agreement(rows)
    gave = Counter(row.changed for row in rows if row.agree != "yes")
    pairs = Counter((row.first, row.second) for row in rows)
    careful = pairs["supported with limits", "well supported"]
    bolder = pairs["well supported", "supported with limits"]
    return [
        "## How far they agree",
        "",
        "| verdicts | claims | share |",
        "|---|---|---|",
        *(f"| {_GRADE[name]} | {getattr(every, name)} | {_percent(every.share(name))} |" for name in GRADES),
        "",
        f"Cohen's kappa over the six verdicts, unweighted: **{_kappa(every)}** (0 is what chance would give, 1 is full",
        "agreement). Neighbouring are *well supported* and *supported with limits*, and *supported with limits* and",
        "*contested*.",
        "",
        f"Of the {every.near + every.no} differences the first reading gave way in {gave['first']} and the second in",
        f"{gave['second']}; in {gave['both stand']} both can be defended, and the record keeps the first verdict. The usual",
        f"difference is one of caution: {careful} times the first reading names a limit where the second sees the claim",
        f"well supported, and {bolder} times the other way round.",
    ]


def _crossed(record: Record, rows: tuple[Compared, ...]) -> list[str]:
    """Write how often each pair of verdicts occurs."""
    words = tuple(record.vocabularies["verdicts"])
    counts = Counter((row.first, row.second) for row in rows)
    return [
        "First reading down, second across:",
        "",
        f"| | {' | '.join(words)} |",
        "|---" * (len(words) + 1) + "|",
        *(f"| **{one}** | {' | '.join(str(counts[one, two]) for two in words)} |" for one in words),
    ]


def _families(record: Record, rows: tuple[Compared, ...]) -> list[str]:
    """Write the shares by claim family."""
    lines = ["## By family", "", "| family | claims | the same | neighbouring | other |", "|---|---|---|---|---|"]
    for slug, one in by_family(record, rows).items():
        title = _cell(record.families[slug].title)
        shares = (f"{getattr(one, name)} ({_percent(one.share(name))})" for name in GRADES)
        lines.append(f"| {title} | {one.number} | {' | '.join(shares)} |")
    return lines


def _differences(record: Record, rows: tuple[Compared, ...], name: str, heading: str) -> list[str]:
    """Write the claims of one grade with their resolution."""
    readings = second(record)
    lines = [
        heading,
        "",
        "| claim | first | second | resolved | gave way | why | what the second reader held to decide it |",
        "|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        if row.agree == name:
            text = f"`{row.id}` {_cell(record.claims[row.id].text)}"
            cells = (row.first, row.second, row.resolution, row.changed, row.reason, readings[row.id].decides)
            lines.append(f"| {text} | {' | '.join(_cell(cell) for cell in cells)} |")
    return lines


def _mended(record: Record, rows: tuple[Compared, ...]) -> list[str]:
    """Write the claims on which the verdicts agree and something else was put right."""
    held = [row for row in rows if row.agree == "yes" and row.changed]
    if not held:
        return []
    return [
        "## Agreed, and mended all the same",
        "",
        *(f"* `{row.id}` {_cell(record.claims[row.id].text)} {row.reason}" for row in held),
    ]


def _explanations(record: Record, found: tuple[Piece, ...]) -> list[str]:
    """Write the second reading of the explanations, and where the first has its evidence."""
    counts = Counter(piece.agree for piece in found)
    lines = [
        "## The explanations",
        "",
        f"The second reader named three pieces of evidence on each side of each explanation. Of these {len(found)} the first",
        f"reading has {counts['yes']} on the same side, {counts['near']} elsewhere (on the other side, or among what the",
        f"explanation predicts or cannot say), and {counts['no']} not at all.",
    ]
    where = {(piece.slug, piece.side, piece.number): piece for piece in found}
    for slug, one in arguments(record).items():
        lines += ["", f"### {record.explanations[slug].title}", "", one.argument, ""]
        for side, word in (("supporting", "For"), ("countering", "Against")):
            for number, text in enumerate(getattr(one, side), start=1):
                lines.append(f"* {word}: {text} {_where(where[slug, side, number])}")
        lines += ["", f"What it foretells and its rivals do not: {one.predicts[0].lower()}{one.predicts[1:]}"]
    return lines


def _where(piece: Piece) -> str:
    """Say where the first reading has a piece of evidence."""
    if piece.agree == "yes":
        return f"(First reading: `{piece.claim}`.)"
    claim = f"`{piece.claim}`: " if piece.claim else ""
    return f"*{_GRADE_PIECE[piece.agree]}. {claim}{piece.reason}*"


_GRADE = {"yes": "the same", "near": "neighbouring", "no": "other"}
_GRADE_PIECE = {"near": "Elsewhere in the first reading", "no": "Not in the first reading"}


def _percent(share: float) -> str:
    return f"{100 * share:.0f} per cent"


def _kappa(one: Agreement) -> str:
    return "undefined" if one.kappa is None else f"{one.kappa:.2f}"


def _cell(text: str) -> str:
    """Make a text safe for a cell of a Markdown table."""
    return " ".join(text.replace("|", "\\|").split())


def write_page(record: Record, path: Path) -> Path:
    """Write the page to a file and return its path."""
    path.write_text(page(record), encoding="utf-8", newline="\n")
    return path


if __name__ == "__main__":
    import sys

    from thirtyseven.record import load

    write_page(load(), Path(sys.argv[1] if len(sys.argv) > 1 else "docs/readings.md"))

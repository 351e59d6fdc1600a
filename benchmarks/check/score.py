"""Scores the checker on labelled notes: precision and recall by verdict.

Every line of a file in ``open``, ``held`` or ``unseen-1`` and those that follow may end with ``== verdict`` (agrees, wrong,
different definition, disputed or silent); lines without a label stand for context only.
A line's verdict is the gravest of its remarks.

A folder with a file ``SEALED`` has not been read yet: it is left out unless ``--open`` names it, which removes the seal.

Run: ``python benchmarks/check/score.py [open|held|unseen-1...] [--show] [--open]``.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from thirtyseven.notes.check import check_text
from thirtyseven.notes.known.finding import ORDER

HERE = Path(__file__).parent
WORDS = ("agrees", "wrong", "different definition", "disputed")


def labelled(path: Path) -> tuple[str, dict[int, str]]:
    """Text without labels, and the label of each labelled line."""
    lines, labels = [], {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        text, mark, label = line.rpartition(" == ")
        if mark:
            labels[number] = label.strip()
            line = text
        lines.append(line)
    return "\n".join(lines) + "\n", labels


def scored(folder: str) -> tuple[list[tuple[str, int, str, str, str]], Counter[str]]:
    """All labelled lines of a folder with the expected and the given verdict, and the counts."""
    rows = []
    for path in sorted((HERE / folder).iterdir()):
        if path.suffix not in (".md", ".txt"):
            continue
        text, labels = labelled(path)
        given: dict[int, str] = {}
        for remark in check_text(text, path.name):
            known = given.get(remark.line)
            if known is None or ORDER[remark.verdict] < ORDER[known]:
                given[remark.line] = remark.verdict
        lines = text.splitlines()
        rows += [(path.name, n, lines[n - 1], label, given.get(n, "silent")) for n, label in sorted(labels.items())]
    counts: Counter[str] = Counter()
    for _, _, _, want, got in rows:
        counts["lines"] += 1
        counts[f"want {want}"] += 1
        counts[f"got {got}"] += 1
        counts[f"both {want}"] += want == got
        counts["decidable"] += want != "silent"
        counts["recognised"] += want != "silent" and got != "silent"
        counts["marked"] += got != "silent"
        counts["right"] += want == got != "silent"
        counts["false alarm silent"] += want == "silent" and got != "silent"
        counts["false alarm right"] += want == "agrees" and got in ("wrong", "different definition", "disputed")
    return rows, counts


def table(counts: Counter[str]) -> str:
    """The benchmark's table in Markdown."""

    def share(part: float, whole: float) -> str:
        return f"{part / whole:.3f} ({int(part)}/{int(whole)})" if whole else "-"

    silent = counts["want silent"]
    out = ["| verdict | precision | recall |", "|---|---|---|"]
    for word in WORDS:
        both = counts[f"both {word}"]
        out.append(f"| {word} | {share(both, counts[f'got {word}'])} | {share(both, counts[f'want {word}'])} |")
    out += [
        "",
        f"Lines: {counts['lines']}, decidable {counts['decidable']}, nothing to decide {silent}.",
        f"Recognition precision: {share(counts['recognised'], counts['marked'])}.",
        f"Recall: {share(counts['recognised'], counts['decidable'])}.",
        f"Verdict right among recognised: {share(counts['right'], counts['recognised'])}.",
        f"False alarms on silent lines: {share(counts['false alarm silent'], silent)}.",
        f"False alarms on right statements: {share(counts['false alarm right'], counts['want agrees'])}.",
    ]
    return "\n".join(out)


def main() -> None:
    """Print the table, and with ``--show`` the lines that went wrong."""
    folders = [word for word in sys.argv[1:] if not word.startswith("-")]
    folders = folders or sorted(path.name for path in HERE.iterdir() if path.is_dir() and not path.name.startswith("_"))
    for folder in folders:
        seal = HERE / folder / "SEALED"
        if seal.exists() and "--open" not in sys.argv:
            print(f"## {folder}\n\nSealed: not read yet (`--open` reads it and removes the seal).\n")
            continue
        seal.unlink(missing_ok=True)
        rows, counts = scored(folder)
        print(f"## {folder}\n\n{table(counts)}\n")
        if "--show" in sys.argv:
            for name, number, text, want, got in rows:
                if want != got:
                    print(f"{name}:{number}: want {want}, got {got}: {text}")


if __name__ == "__main__":
    main()

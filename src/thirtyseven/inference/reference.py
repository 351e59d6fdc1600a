"""The reference composite of `thirtyseven run composite`: the middle of a weighing's composite draws, as a scenario file.

`python -m thirtyseven.inference.reference out/weigh src/thirtyseven/scenario/reference.toml` writes it again. The weights
are the means over the draws, so that whatever some draws need is in it; the numbers are the medians. It is one past among
those that come near the record, made to be looked at; it is no finding, and its weights are no answer.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np

from thirtyseven.explanations.base import QUESTIONS
from thirtyseven.inference.finished import open_weighing
from thirtyseven.inference.simulator import COMPOSITE
from thirtyseven.scenario.design import SLUGS, Batch, Design

_DIGITS = 4


def middle_composite(folder: Path) -> Batch:
    """Mean weights and median numbers of a weighing's composite draws, as a batch of one.

    Args:
        folder: of the weighing.

    Raises:
        ValueError: there is no finished weighing in the folder.
    """
    draws = open_weighing(folder).draws[COMPOSITE]
    design, u = Design(COMPOSITE), draws.u[:: draws.fresh]
    middle = design.batch(np.median(u, axis=0)[None])
    return replace(middle, weights=design.batch(u).weights.mean(axis=0)[None])


def as_toml(batch: Batch, said: str) -> str:
    """A batch of one as the text of a scenario file, numbers to four digits.

    Args:
        batch: the scenario.
        said: what the file says of itself, one comment a line.
    """
    lines = [f"# {line}" for line in said.splitlines()] + ['name = "composite"']
    for q, question in enumerate(QUESTIONS):
        lines += ["", f"[weights.{question}]"]
        lines += [f"{slug} = {_plain(w)}" for slug, w in zip(SLUGS, batch.weights[0, q], strict=True) if w > 0]
    for owner, values in {"core": batch.core, **batch.laws}.items():
        lines += ["", f"[values.{owner}]"] + [f"{name} = {_plain(value[0])}" for name, value in values.items()]
    return "\n".join(lines) + "\n"


def _plain(x: float) -> str:
    return repr(float(f"{float(x):.{_DIGITS}g}"))


def main(folder: str, target: str) -> None:
    """Write the reference composite of a weighing to a file."""
    found = open_weighing(Path(folder)).result
    said = (
        "The reference composite: mean weights and median numbers of the composite's draws, from a weighing against the record\n"
        f"(budget {found['budget']}, seed {found['seed']}, statistics {found['statistics_digest']}). One past among those that\n"
        "come near the record, made to be looked at; no finding. Written by `python -m thirtyseven.inference.reference`."
    )
    Path(target).write_text(as_toml(middle_composite(Path(folder)), said), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])

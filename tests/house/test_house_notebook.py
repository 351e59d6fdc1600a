"""The notebook runs, prints what it says it prints, and stays small."""

import re

import nbformat
import pytest

pytest.importorskip("nbclient")
from house_notebook import PAGE, executed, outputs


@pytest.mark.slow
def test_notebook_runs_and_its_outputs_are_those_that_stand_in_it():
    """Figures of the record must be equal; those of model runs only in kind, since a model may change."""
    stored = nbformat.read(PAGE, as_version=4)
    fresh = outputs(executed())
    shape = [[re.sub(r"\d[\d,.]*", "#", text) for text in cell] for cell in outputs(stored)]
    assert [[re.sub(r"\d[\d,.]*", "#", text) for text in cell] for cell in fresh] == shape, "run `make notebook`"
    of_the_record = [0, 1, 3]
    assert [fresh[i] for i in of_the_record] == [outputs(stored)[i] for i in of_the_record], "run `make notebook`"


def test_notebook_is_executed_small_and_without_traces():
    text = PAGE.read_text(encoding="utf-8")
    stored = nbformat.reads(text, as_version=4)
    code = [cell for cell in stored.cells if cell.cell_type == "code"]
    assert len(code) >= 6 and all(cell.outputs or "import" in cell.source for cell in code)
    assert not [out for cell in code for out in cell.outputs if out.output_type == "error"]
    assert len(text) < 20_000 and "iopub" not in text
    assert all(out.get("name") == "stdout" for cell in code for out in cell.outputs)

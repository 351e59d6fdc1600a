"""Execute the notebook of the documentation: in a test, or in place by `make notebook`."""

import nbformat
from nbclient import NotebookClient

from house import ROOT

PAGE = ROOT / "docs" / "api.ipynb"


def executed() -> nbformat.NotebookNode:
    """The notebook with fresh outputs and nothing that differs from one execution to the next but them."""
    page = nbformat.read(PAGE, as_version=4)
    NotebookClient(page, timeout=600, kernel_name="python3", record_timing=False).execute(cwd=str(ROOT / "docs"))
    page.metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
                     "language_info": {"name": "python"}}  # fmt: skip
    for cell in page.cells:
        cell.metadata = {}
    return page


def outputs(page: nbformat.NotebookNode) -> list[list[str]]:
    """What each code cell printed; a busy machine hands the same text over in more pieces, so pieces are joined."""
    return [
        ["".join("".join(out.get("text", "")) or out.output_type for out in cell.outputs)]
        for cell in page.cells
        if cell.cell_type == "code"
    ]


if __name__ == "__main__":
    nbformat.write(executed(), PAGE)

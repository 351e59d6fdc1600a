"""Everything that a reader meets is documented, dated and true of this tree."""

import inspect
import re

import pytest

import thirtyseven
from house import ROOT, modules
from thirtyseven.explanations import EXPLANATIONS
from thirtyseven.scenario.design import kinds
from thirtyseven.summaries import STATISTICS

PAGES = ("README.md", "VISION.md", "CHANGELOG.md", "docs/house.md", "docs/method.md", "docs/developing.md",
         "docs/adding-an-explanation.md", "docs/model.md", "docs/record.md", "docs/check.md", "docs/readings.md",
         "docs/coverage.md", "docs/benchmarks.md")  # fmt: skip
TO_COME: set[str] = set()
"""What other hands are making; it leaves this list when it is there."""


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page):
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", read(page))
    inside = [link for link in links if "://" not in link]
    missing = {(ROOT / page).parent.joinpath(link).resolve().relative_to(ROOT).as_posix() for link in inside
               if not (ROOT / page).parent.joinpath(link).exists()}  # fmt: skip
    assert missing <= TO_COME, missing


def test_pages_exist_and_lines_are_short():
    for page in PAGES:
        text = read(page)
        assert len(text) > 500, page
        if "generated" in text[:1200] or page == "docs/benchmarks.md":
            continue
        code = re.sub(r"```.*?```", "", text, flags=re.S)
        prose = [line for line in code.splitlines() if not line.startswith(("|", "    ", "!", "* **Windows"))]
        assert max(map(len, prose)) <= 160, (page, max(prose, key=len))


def test_readme_opens_with_what_it_is_and_names_the_two_commands():
    text = read("README.md")
    assert text.index("seeds") < text.index("make weigh") < text.index("What the result means") < text.index("Licence".lower())
    for needed in ("make test", "is not the probability", "equifinality", "recalled", "not guilt", "pip install", "macOS",
                   "Windows", "CITATION.cff", "LICENSE-DATA", "Stable", "Correct us"):  # fmt: skip
        assert needed in text, needed


def test_readme_says_nothing_that_was_not_measured():
    """No seconds, minutes or gigabytes in the README: those stand in docs/benchmarks.md with their machine."""
    assert re.findall(r"\d+(?:\.\d+)?\s?(?:s|seconds?|minutes?|hours?|MB|GB|ms)\b", read("README.md")) == []


def test_one_version_everywhere():
    version = thirtyseven.__version__
    assert f'version = "{version}"' in read("pyproject.toml")
    assert re.search(rf"^version: {re.escape(version)}$", read("CITATION.cff"), re.M)
    assert re.search(rf"^## {re.escape(version)} \(", read("CHANGELOG.md"), re.M)
    assert f"thirtyseven-{version}-py3-none-any.whl" in read("README.md")


def test_changelog_has_its_four_kinds_for_every_version():
    for part in re.split(r"^## ", read("CHANGELOG.md"), flags=re.M)[1:]:
        assert re.findall(r"^### (\w+)$", part, re.M) == ["Regression", "Record", "Added", "Fixed"], part[:30]


def test_citation_file_has_what_the_format_demands():
    text = read("CITATION.cff")
    keys = dict(re.findall(r"^([a-z-]+):[ ]*(.*)$", text, re.M))
    assert {"cff-version", "message", "title", "authors", "version", "date-released", "license"} <= set(keys)
    assert keys["cff-version"] == "1.2.0" and keys["type"] == "software" and keys["license"] == "Apache-2.0"
    assert re.fullmatch(r'"\d{4}-\d\d-\d\d"', keys["date-released"])
    assert re.search(r'^authors:\n  - name: "', text, re.M)


def test_the_method_page_counts_rightly():
    text = read("docs/method.md")
    phases = {p: sum(s.phase == p for s in STATISTICS) for p in ("elite", "mass", "national", "where", "stop")}
    words = {4: "four", 5: "five", 7: "seven", 8: "eight", 9: "nine", 18: "eighteen", 20: "twenty"}
    assert f"{len(STATISTICS)} statistics" in text and f"{len(STATISTICS)} things" in text
    for phrase, phase in (("speak to the elite", "elite"), ("to the mass", "mass"), ("to the national operations", "national"),
                          ("to where it fell", "where"), ("to the stop", "stop")):  # fmt: skip
        assert re.search(rf"{words[phases[phase]]}\s+{phrase}", text), phase
    assert f"{words[sum(s.coarse for s in STATISTICS)]} coarse statistics" in text
    assert f"variant ({2 * len(EXPLANATIONS)})" in text and len(kinds()) == 2 * len(EXPLANATIONS) + 2


def test_every_public_thing_has_its_docstring():
    missing = []
    for path in modules():
        if "notes/data" in path.as_posix():
            continue
        if not path.read_text(encoding="utf-8").lstrip().startswith(('"""', "#!")):
            missing.append(path.name)
    assert missing == []
    for name in thirtyseven.__all__:
        assert inspect.getdoc(getattr(thirtyseven, name)), name


def test_public_functions_are_typed():
    for name in ("load", "named", "simulate", "weigh"):
        signature = inspect.signature(getattr(thirtyseven, name))
        assert signature.return_annotation is not inspect.Signature.empty
        assert all(p.annotation is not inspect.Parameter.empty for p in signature.parameters.values())

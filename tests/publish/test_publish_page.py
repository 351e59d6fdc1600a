import itertools
import json
import re
from collections import Counter

import publish_worlds
import pytest
from publish_html import parse

from thirtyseven.publish.beside import months_figure
from thirtyseven.publish.charts.months import month_name
from thirtyseven.publish.finished import read_result, read_series
from thirtyseven.publish.names import EXPLANATIONS, QUESTIONS, SLUGS
from thirtyseven.publish.pages import emphasised, foot, stylesheet
from thirtyseven.publish.report import report_html, write_report
from thirtyseven.publish.tokens import variables
from thirtyseven.publish.weighed import Fitting
from thirtyseven.publish.wording import number


@pytest.fixture
def tree(world):
    page = (world[0] / "report.html").read_text(encoding="utf-8")
    root, faults = parse(page)
    assert faults == []
    return root


def test_page_stands_by_itself(world):
    page = (world[0] / "report.html").read_text(encoding="utf-8")
    assert len(page.encode()) < 700_000
    assert "<script" not in page and "<link" not in page and "<img" not in page and "@import" not in page
    assert not re.search(r"\sstyle=", page)
    assert not re.search(r"\son[a-z]+=", page)
    assert not re.search(r"""(?:src|href)=["'](?!#)""", page)
    assert set(re.findall(r"url\(([^)]*)\)", page)) <= {"#hatch", "#hatch-nd"}


def test_headings_landmarks_and_anchors(tree):
    headings = [int(n.tag[1]) for n in tree.all("h1", "h2", "h3", "h4", "h5", "h6")]
    assert headings.count(1) == 1 and headings[0] == 1
    assert all(b <= a + 1 for a, b in itertools.pairwise(headings))
    assert [len(tree.all(t)) for t in ("header", "main", "footer", "nav")] == [1, 1, 1, 1]
    assert tree.all("html")[0].attrs["lang"] == "en"
    ids = Counter(n.attrs["id"] for n in tree.all() if "id" in n.attrs)
    assert [i for i, n in ids.items() if n > 1] == []
    wanted = {n.attrs["href"][1:] for n in tree.all("a")}
    wanted |= {i for n in tree.all() for k in ("aria-labelledby",) for i in n.attrs.get(k, "").split()}
    assert wanted <= set(ids)


def test_every_figure_says_what_it_shows(tree):
    figures = tree.all("figure")
    assert len(figures) >= 4
    for figure in figures:
        finding, definition = figure.all("h3")[0].text(), figure.by_class("dek")[0].text()
        assert len(finding.split()) >= 4 and len(definition.split()) >= 8, figure.attrs["id"]
        source = figure.all("figcaption")[0].text().lower()
        assert re.search(r"recorded|compiled|estimated|imputed|simulated", source), figure.attrs["id"]
        assert len(figure.by_class("key")) <= 1
        assert all(len(key.all("li")) <= 4 for key in figure.by_class("key"))
        assert figure.all("table"), f"{figure.attrs['id']} has no table"
        for table in figure.all("table"):
            assert table.all("caption") and all(th.attrs.get("scope") in ("col", "row") for th in table.all("th"))
            widths = {
                sum(1 for c in row.children if not isinstance(c, str) and c.tag in ("td", "th"))
                for row in table.all("tr")
            }
            assert len(widths) == 1


def test_pictures_have_names(tree):
    for svg in tree.all("svg"):
        inside = svg.parent
        while inside is not None and inside.tag != "svg":
            inside = inside.parent
        if inside is not None:
            continue
        if svg.attrs.get("role") == "img":
            assert svg.all("title")[0].text() and svg.all("desc")[0].text()
        else:
            assert svg.attrs.get("aria-hidden") == "true"


def test_months_table_holds_the_numbers_of_the_files(world, tree):
    _folder, _result, series = world
    figure = next(f for f in tree.all("figure") if f.attrs["id"] == "months")
    rows = figure.all("table")[0].all("tr")[1:]
    assert len(rows) == len(series.months)
    slugs = [s for s in (*SLUGS, "composite", "composite-without-plan") if s in series.models]
    for i, row in enumerate(rows):
        cells = [c.text() for c in row.all("th", "td")]
        assert cells[0] == month_name(series.months[i])
        assert cells[1] == number(series.record.arrests[i], 0)
        for slug, cell in zip(slugs, cells[2:], strict=True):
            band = series.models[slug].arrests
            assert cell == f"{number(band.q50[i], 0)} ({number(band.q05[i], 0)}–{number(band.q95[i], 0)})"


def test_drawn_months_are_the_numbers_of_the_table(folders):
    series = read_series(folders["winner"])
    body = str(months_figure(series, True).body)
    drawn = body.split('id="m-plan-t"')[1].split("</section>")[0]
    heights = [100 - float(y) for y in re.findall(r'class="rec estimated" cx="[\d.]+%" cy="([\d.]+)%"', drawn)]
    recorded = [v for v in series.record.arrests if v is not None]
    assert len(heights) + drawn.count('class="out') == len(recorded)
    ratio = [h / v for h, v in zip(heights, recorded, strict=True)]
    assert max(ratio) / min(ratio) < 1.05


def test_inclusion_rows_agree_with_the_result(world, tree):
    _folder, result, _series = world
    figure = next(f for f in tree.all("figure") if f.attrs["id"] == "inclusion")
    panels = figure.by_class("ip")
    assert [p.all("h4")[0].text() for p in panels] == [f"{QUESTIONS[q].title} {QUESTIONS[q].gloss}" for q in QUESTIONS]
    for panel, question in zip(panels, QUESTIONS, strict=True):
        rows = panel.by_class("ir")
        assert [r.by_class("il")[0].text() for r in rows] == [e.title for e in EXPLANATIONS.values()] + ["None of these"]
        for row, slug in zip(rows, SLUGS, strict=False):
            one = result.inclusion[question].get(slug)
            dots = [n for n in row.all("circle") if n.has("dot")]
            if one is None:
                assert not dots and row.by_class("iv")[0].text() == "–"
                continue
            if not one.told:
                assert not dots and row.by_class("iv")[0].text() == "?"
                continue
            assert float(dots[0].attrs["cx"].rstrip("%")) == pytest.approx(100 * one.mean, abs=0.06)
            assert dots[0].has("open") == (one.low <= one.prior <= one.high)


def test_tiles_cover_every_region_once(tree, record):
    for grid in tree.by_class("tiles"):
        names = [t.by_class("vh")[0].text() for t in grid.by_class("tile")]
        assert len(names) == 65
        assert sorted(n.split(":")[0] for n in names) == sorted(r.name for r in record.regions.values())
        places = [(t.attrs["class"].split()[1], t.attrs["class"].split()[2]) for t in grid.by_class("tile")]
        assert len(set(places)) == 65
        assert sum(t.has("nd") for t in grid.by_class("tile")) >= 1


def test_limits_table_adds_up(tree):
    figure = next(f for f in tree.all("figure") if f.attrs["id"] == "limits")
    rows = [[c.text() for c in r.all("td")] for r in figure.all("table")[0].all("tr")[1:]]
    first, second = (sum(int(r[k].replace(",", "")) for r in rows) for k in (0, 1))
    assert (first, second) == (75_950, 193_000)
    assert "75,950" in figure.by_class("dek")[0].text()


def test_every_colour_is_a_token():
    rules = str(stylesheet())
    known = {c.lower() for theme in ("light", "dark", "print") for c in variables(theme).values()}
    used = {c.lower() for c in re.findall(r"#[0-9A-Fa-f]{3,8}\b", rules)}
    assert used <= known
    names = set(re.findall(r"var\(--([a-z0-9-]+)\)", rules))
    assert names <= set(variables("light")) | {"serif", "sans"}


def test_page_uses_only_known_colours(world):
    page = (world[0] / "report.html").read_text(encoding="utf-8").split("</style>")[1]
    assert not re.search(r'(?:fill|stroke)="#', page)


def test_every_class_has_a_rule_or_a_reason(tree):
    rules = str(stylesheet())
    used = {c for n in tree.all() for c in n.attrs.get("class", "").split()}
    without = {c for c in used if f".{c}" not in rules}
    assert without <= {"incl", "two", "maps", "case", "ip", "recorded", "more", "t-nd"}, without


def test_hostile_strings_are_escaped(folders, record, tmp_path):
    bad = "<img src=x onerror=alert(1)>\"'&*x*"
    result = publish_worlds.result("winner")
    series = json.loads((folders["winner"] / "series.json").read_text())
    result.update(observed=bad, budget=bad, version=bad)
    result["statistics"][0]["id"] = bad
    for fit in result["fits"].values():
        fit["statistics"][0]["id"] = bad
    result["none_of_these"]["elite"]["outside"] = {bad: 0.5}
    series["robust"].append({"id": bad, "sentence": bad, "holds": {"plan": True, bad: False}, "n": 3})
    series["record"]["arrests_note"] = bad
    series["models"]["plan"]["variant"] = bad
    (tmp_path / "result.json").write_text(json.dumps(result))
    (tmp_path / "series.json").write_text(json.dumps(series))
    page = write_report(tmp_path, record).read_text(encoding="utf-8")
    assert "<img" not in page
    root, faults = parse(page)
    assert faults == [] and not [n for n in root.all() if "onerror" in n.attrs]
    assert bad in root.text()


def test_another_past_is_never_called_the_record(folders, record):
    result, series = read_result(folders["winner"]), read_series(folders["winner"])
    page = report_html(result.model_copy(update={"observed": "sealed.csv"}), series, record)
    assert "This is not the record" in page and "sealed.csv" in page
    figures = {f.attrs["id"] for f in parse(page)[0].all("figure")}
    assert not figures & {"years", "limits", "raises", "counts", "dates"}
    assert 'class="recline' not in page.split('id="months"')[1].split("</figure>")[0].split('class="panels"')[1]
    assert "This is not the record" not in report_html(result, series, record)


def test_worlds_differ_in_what_they_say(folders):
    heads = {}
    for world, folder in folders.items():
        root, _ = parse((folder / "report.html").read_text(encoding="utf-8"))
        heads[world] = [n.text() for n in root.by_class("head")]
    assert heads["winner"][1].startswith("Needs agencies")
    assert heads["nothing"] == ["We cannot tell."] * 5
    assert heads["none"][1] == "None of these." and heads["none"][4] == "None of these."
    assert heads["none"][0] != "None of these."


def test_same_files_same_page(folders, record):
    for folder in folders.values():
        before = (folder / "report.html").read_bytes()
        assert write_report(folder, record).read_bytes() == before


def test_emphasis_is_the_only_markup():
    assert str(emphasised("Needs *plan* & <b>")) == "Needs <b>plan</b> &amp; &lt;b&gt;"


@pytest.mark.parametrize(
    ("rule", "holds", "says"),
    [
        ("fits", {"plan": True, "threat": True}, "One sentence holds under all two explanations and mixtures that fit"),
        ("fits", {"plan": True}, "Only Plan fits; one sentence holds under it, which is no proof"),
        ("fits", {"plan": True, "threat": False}, "None of the sentences tried holds under all two"),
        ("closest", {"plan": True, "threat": True}, "No explanation fits well enough; one sentence holds under the two closest"),
        ("fits", {}, "No sentence was tried under all explanations"),
    ],
)
def test_what_holds_says_of_whom_it_was_asked(folders, record, rule, holds, says):
    result, series = read_result(folders["winner"]), read_series(folders["winner"])
    robust = series.robust[0].model_copy(update={"holds": holds})
    page = report_html(
        result.model_copy(update={"robust": Fitting(rule=rule)}), series.model_copy(update={"robust": (robust,)}), record
    )
    root, _ = parse(page)
    chapter = next(n for n in root.all("section") if n.attrs.get("id") == "holds")
    assert chapter.all("h3")[0].text().startswith(says)


def test_foot_of_the_printed_page_carries_nothing_into_the_styles():
    assert str(foot('1.0"}</style><b>*{')).count('"') == 2
    assert "<" not in str(foot("</style>")) and "record 0a1b" in str(foot("record 0a1b"))

import re
import xml.etree.ElementTree as ET

import pytest
from publish_worlds import MONTHS

from thirtyseven.publish.charts import run_chart
from thirtyseven.publish.charts.marks import path, percent
from thirtyseven.publish.charts.rows import inclusion_row, none_row, predictive_row, spread_inside
from thirtyseven.publish.charts.run import recorded_months
from thirtyseven.publish.charts.tiles import bin_of, borders
from thirtyseven.publish.measured import beside_middle, title_of, value_words
from thirtyseven.publish.regions import CAMPS, amount, places, region_records
from thirtyseven.publish.weighed import Inclusion, Spread
from thirtyseven.summaries import STATISTICS


def test_run_chart_is_one_sound_picture(record):
    by_month = {m: 1000.0 * (i + 1) for i, m in enumerate(MONTHS)}
    for width in (680, 328):
        svg = run_chart(by_month, record, title="A & B <run>", source="plan, seed 37", width=width)
        root = ET.fromstring(svg)
        assert root.tag.endswith("svg")
        text = " ".join("".join(e.itertext()) for e in root.iter() if e.tag.endswith("text"))
        assert "A & B <run>" in text and "record (estimated)" in text and "model run" in text
        assert " style=" not in svg and "var(" not in svg
    inline = run_chart(by_month, record, standalone=False)
    assert "var(--accent)" in inline and not re.search(r'stroke="#', inline)
    with pytest.raises(ValueError, match="no months"):
        run_chart({}, record)


def test_recorded_months_sum_to_the_reported_years(record):
    months = recorded_months(record)
    reported = {str(r["year"]): r["arrested_by_organs"] for r in record.series["annual-repression"].rows}
    for year in ("1936", "1937", "1938"):
        assert sum(v or 0 for m, v in months.items() if m.startswith(year)) == pytest.approx(reported[year])
    assert months["1937-12"] > months["1937-07"] > months["1936-07"]


def test_paths_break_at_gaps():
    assert path([0, 10, 20, 30], [1.0, None, 2.0, 3.0]) == "M0,1M20,2 30,3"
    assert path([0, 10], [1.0, 2.0], [5.0, 6.0]) == "M0,1 10,2 10,6 0,5Z"
    assert path([0, 10], [1.0, 2.0], [None, 6.0]) == "M10,2 10,6Z"
    assert percent(12.0) == "12" and percent(12.34) == "12.3"


def test_rows_say_what_they_are():
    one = Inclusion(mean=0.6, low=0.5, high=0.65, prior=0.35)
    assert 'class="dot" cx="60%"' in inclusion_row("Plan", one, "needed", None)
    assert "dot open" in inclusion_row("Plan", one, "undecided", None)
    assert "dot" not in inclusion_row("Plan", one, "cannot tell", None) and ">?<" in inclusion_row(
        "Plan", one, "cannot tell", None
    )
    assert 'class="alt"' in inclusion_row("Plan", one, "needed", one)
    assert ">yes<" in none_row(True) and ">no<" in none_row(False) and ">–<" in none_row(None)
    assert "&lt;b&gt;" in inclusion_row("<b>", one, "needed", None)


@pytest.mark.parametrize(("observed", "mark"), [(5.0, "tick"), (-50.0, "arrow"), (50.0, "arrow")])
def test_a_record_far_off_is_drawn_at_the_edge(observed, mark):
    assert f'class="{mark}"' in predictive_row("x", observed, (0.0, 5.0, 10.0), "v")


def test_bins_hold_their_lower_edge():
    assert [bin_of(v, (0.2, 0.4)) for v in (0.0, 0.19, 0.2, 0.4, 9.0)] == [1, 1, 2, 3, 3]


def test_the_map_is_the_records(record):
    tiles = places(record)
    assert len(tiles) == 65 == len({(t.col, t.row) for t in tiles}) == len({t.label for t in tiles})
    assert max(t.col for t in tiles) <= 12 and max(t.row for t in tiles) <= 10
    sides = borders(tiles)
    assert "br" in sides["belorussian-ssr"] and sides["moscow-oblast"] == ""


def test_regions_carry_the_order_and_its_raises(record):
    regions = region_records(record)
    assert sum(r.limit1 for r in regions.values()) == 75_950
    assert sum(r.limit2 for r in regions.values()) == 193_000
    ukraine = [r for r in regions.values() if record.regions[r.slug].group == "ukraine"]
    assert all(r.shared for r in ukraine) and sum(r.raised_1938 for r in ukraine) == pytest.approx(36_000)
    units = [r for r in regions.values() if r.slug != CAMPS]
    assert sum(r.raised_1938 > 0 for r in units if not r.shared) + 1 == 21  # the 57 units count Ukraine once
    assert regions["karelian-assr"].raised1 == 2300  # four raises on record, not the one dated by itself
    assert regions["karelian-assr"].of_this_order and not regions["leningrad-oblast"].of_this_order
    assert regions["moscow-oblast"].asked1 is None


@pytest.mark.parametrize(
    ("cell", "value"),
    [(None, None), (12, 12.0), ("30000 (no split)", 30000.0), ("8000 (new level)", None), ("x", None)],
)
def test_amounts_in_cells(cell, value):
    assert amount(cell) == value


def test_statistics_in_words():
    assert beside_middle("arrests_1937", 13.75, 13.75) == "1.0 times the middle"
    assert beside_middle("arrests_1937", 10.0, 20.0) == "under 0.1 of the middle"
    assert beside_middle("first_1938", 0.0, 2.0) == "50 % against 88 %"
    assert beside_middle("stop", 254, 242) == "12 weeks later" and beside_middle("stop", 254, 254) == "same week"
    assert beside_middle("raises_border", 0.68, 0.0) == "0.68 against 0.00"
    assert beside_middle("raised_share", 0.37, -0.4) == "37 % against 0 %"
    assert beside_middle("stop", None, 1) == "–" and value_words("stop", None) == "–"
    assert value_words("arrests_1937", 13.7504) == "about 937,000"
    assert title_of("no_such_thing") == "no such thing"
    for s in STATISTICS:
        assert beside_middle(s.id, 0.5, 0.4) != "–" and title_of(s.id) == s.title


def test_what_leaves_the_scale_ends_in_an_arrow():
    off = spread_inside(Spread(q05=-0.2, q50=-0.1, q95=0.4), 0.5)
    assert "beyond" in off and "<circle" not in off
    both = spread_inside(Spread(q05=-0.2, q50=0.5, q95=1.4), 0.5)
    assert both.count("beyond") == 2 and 'class="dot"' in both
    assert "beyond" not in spread_inside(Spread(q05=0.2, q50=0.3, q95=0.4), 0.5)
    assert 'class="dot open"' in spread_inside(Spread(q05=0.2, q50=0.3, q95=0.4), 0.5)
    assert "<circle" not in spread_inside(Spread(), 0.5)

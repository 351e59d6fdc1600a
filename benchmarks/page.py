"""Write `docs/benchmarks.md` and its picture from what was measured (`results/*.json`); a part not yet measured is named."""

from __future__ import annotations

import json
import textwrap
from pathlib import Path
from typing import Any

import altair as alt
import numpy as np
from peers import AT, CAP, OURS, PEERS
from reduced.model import REGIMES, WEEKS

from thirtyseven.publish.charts.vega import to_svg
from thirtyseven.summaries import STATISTICS

HERE = Path(__file__).resolve().parent
PAGE = HERE.parent / "docs" / "benchmarks.md"
PICTURE = "benchmarks.svg"
WALK = "## From clone to report"
"""Below this heading the page is written by hand: a fresh clone, walked with a watch."""
NAMES = OURS | PEERS
ORDER = ("engine", "dense", "laser", "frames", "starsim", "mesa")
ABSENT = "Not measured yet; `make bench` does it.\n"


def results(name: str) -> dict[str, Any] | None:
    """What was measured of a part, or None."""
    path = HERE / "results" / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


def prose(*sentences: str) -> str:
    """A paragraph, its lines short."""
    return textwrap.fill(" ".join(sentences), 118, break_on_hyphens=False, break_long_words=False) + "\n"


def table(head: list[str], rows: list[list[str]]) -> str:
    """A table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def short(value: float) -> str:
    """A number with two significant digits, without an exponent."""
    if value == 0.0:
        return "0"
    digits = max(0, 1 - int(np.floor(np.log10(abs(value)))))
    rounded = round(value, 1 - int(np.floor(np.log10(abs(value)))))
    return f"{rounded:,.{digits}f}"


def runs_part() -> str:
    """The engine's own times beside what was promised."""
    found = results("runs")
    if found is None:
        return ABSENT
    people = found["everybody"]
    rows = [
        [f"one `counts` run of the composite, in a batch of {found['batch']}", f"{found['run']:.1f} ms", "25 ms", "6 ms"],
        ["its statistics", f"{found['summed']:.2f} ms", "", ""],
        ["one `counts` run of the composite, alone", f"{found['alone']:.0f} ms", "", ""],
        [f"one run of everybody (`people`), its counts included: {people['people']:,} people, {people['events']:,} events",
         f"{people['seconds']:.1f} s", "5 s", "2 s"],
        ["highest memory of that process", f"{people['peak'] / 1e6:.0f} MB", "600 MB", "400 MB"],
    ]  # fmt: skip
    said = prose(
        f"thirtyseven {found['version']}, code `{found['code']}`, record `{found['record']}`; {found['system']}.",
        "Process time on one core after compilation, the least of a few turns; other machines differ. Load of the machine by",
        f"all programs meanwhile: {found['load']:.0f}; above the number of its cores, times are too long.",
    )
    return said + "\n" + table(["what", "measured", "floor", "aim"], rows)


def exponent(found: dict[str, Any], name: str, regime: str) -> str:
    """Slope of log CPU seconds over log people, at one prevalence."""
    points = [
        (int(n), by[name][regime]["per"] * int(n)) for n, by in found["timings"].items() if regime in by.get(name, {})
    ]
    if len(points) < 2:
        return "-"
    people, seconds = np.log(np.array(sorted(points))).T
    return f"{np.polyfit(people, seconds, 1)[0]:.2f}"


def peers_part() -> str:
    """Nanoseconds and bytes, ratios, exponents."""
    found = results("peers")
    if found is None or "timings" not in found:
        return ABSENT
    sizes = sorted(map(int, found["timings"]))
    rows, capped = [], []
    for regime in REGIMES:
        for name in ORDER:
            cells = [found["timings"][str(n)].get(name, {}).get(regime) for n in sizes]
            if not any(cells):
                continue
            for n, cell in zip(sizes, cells, strict=True):
                if cell and cell["weeks"] < WEEKS:
                    capped.append(f"{NAMES[name]} at {n:,} and {regime} ({cell['weeks']} weeks)")
            engine = [found["timings"][str(n)]["engine"][regime] for n in sizes]
            ratios = [f"{short(c['per'] / e['per'])}" if c else "-" for c, e in zip(cells, engine, strict=True)]
            rows.append([
                regime, NAMES[name], *(short(1e9 * c["per"]) if c else "-" for c in cells),
                *(ratios if name != "engine" else ["1"] * len(sizes)), exponent(found, name, regime),
            ])  # fmt: skip
    head = ["arrested", "program", *(f"ns, {n:,}" for n in sizes), *(f"ratio, {n:,}" for n in sizes), "exponent"]
    said = "CPU nanoseconds per person-week, ratio to the engine's, and growth exponent (CPU seconds over people).\n\n"
    said += table(head, rows)
    if capped:
        said += "\n" + prose(f"Stopped after {CAP:.0f} CPU seconds, the weeks done counted: " + "; ".join(capped) + ".")
    return said + "\n" + memory_part(found, sizes)


def memory_part(found: dict[str, Any], sizes: list[int]) -> str:
    """Bytes a person and per person-week at the largest size."""
    largest, rows = max(sizes), []
    for name in ORDER:
        by = found["timings"][str(largest)].get(name, {})
        if by:
            most = max(cell["bytes"] for cell in by.values()) / largest
            one = by.get("1 %", next(iter(by.values())))["bytes"] / largest
            rows.append([NAMES[name], short(one), short(most), short(one / WEEKS)])
    return (f"Highest memory above what the program used before its {largest:,} people were built:\n\n"
            + table(["program", "bytes a person at 1 %", "at the most", "bytes per person-week"], rows))  # fmt: skip


def compared_part() -> str:
    """The same distribution?"""
    found = results("peers")
    if found is None or "compare" not in found:
        return ABSENT
    said = found["compare"]
    rows = []
    for name in ORDER:
        row = said["programs"].get(name)
        if row:
            far = ["-" if row[key] is None else f"{max(row[key], key=abs):+.1f}" for key in ("z_mean", "z_variance")]
            means = (f"{m:.1f} ({v**0.5:.1f})" for m, v in zip(row["mean"], row["variance"], strict=True))
            rows.append([NAMES[name], f"{row['runs']:,}", *means, *far])
    tried = 2 * len(AT) * (len(rows) - 1)
    return (prose(f"{said['people']:,} people, people arrested so far: mean (standard deviation) over runs, and the largest",
                  f"distance from the engine in standard errors. Of {tried} such distances, which hang together from week to",
                  "week, the largest is expected between 2 and 3.") + "\n"
            + table(["program", "runs", *(f"week {w}" for w in said["weeks"]), "mean", "variance"], rows))  # fmt: skip


def growth_part() -> str:
    """With people, and with events."""
    found = results("peers")
    if found is None or "growth" not in found:
        return ABSENT
    said = found["growth"]
    rows = [[f"{r['people']:,}", f"{r['arrested']:,}", f"{1000 * r['cpu']:.1f} ms", f"{1e9 * r['cpu'] / r['arrested']:.0f}",
             f"{r['bytes'] / 1e6:.1f} MB"] for r in (*said["same events"], *said["same people"], said["everybody"])]  # fmt: skip
    each = [r["cpu"] / r["arrested"] for r in said["same events"]]
    b = said["same people"]
    slope = np.polyfit(np.log([r["arrested"] for r in b]), np.log([r["cpu"] for r in b]), 1)[0]
    return (prose(f"At about the same events, ten times the people cost {each[1] / each[0]:.2f} and again",
                  f"{each[2] / each[1]:.2f} times the time per person arrested (promised: under 1.3); at the same people time",
                  f"grows with events to the power {slope:.2f}. The last line is everybody.") + "\n"
            + table(["people", "arrested", "CPU", "ns per person arrested", "memory"], rows))  # fmt: skip


def processes_part() -> str:
    """Two against one."""
    found = results("processes")
    if found is None:
        return ABSENT
    rows = [[n, short(found["runs_a_second"][n]), f"{1000 * found['cpu_a_run'][n]:.1f} ms"] for n in ("1", "2")]
    return (table(["processes", "runs a second, best turn", "CPU a run"], rows)
            + "\n" + prose(f"Ratio on the wall {found['wall_ratio']:.2f}, while the load of the machine ({found['cores']} cores)",
                          f"went up to {found['load']:.1f}; on two cores of one's own, from CPU a run:",
                          f"{found['own_cores_ratio']:.2f}. Promised: 1.8."))  # fmt: skip


def floor_part() -> str:
    """What must be done, what it costs, and the distance."""
    found = results("floor")
    if found is None:
        return ABSENT
    said = []
    for what, unit, per in (("counts", "a run", 1.0), ("people", "an event", found["events"])):
        part = found[what]
        least = sum(row["milliseconds"] for row in part["rows"].values())
        rows = [[name, short(row["number"] / per), f"{row['each']:.1f}", short(row["milliseconds"])]
                for name, row in part["rows"].items()]  # fmt: skip
        whole = f"`{what}`: floor {short(least)} ms, measured {short(part['measured'])} ms, "
        whole += f"{part['measured'] / least:.1f} times the floor"
        whole += "." if what == "counts" else f" ({1e6 * part['measured'] / per:.0f} ns an event, floor {1e6 * least / per:.0f})."
        said.append(whole + "\n\n" + table(["what", f"times {unit}", "ns each", "ms in all"], rows))
    spent = found["profile"]
    total = sum(spent.values())
    rows = [[name, f"{ms:.1f} ms", f"{100 * ms / total:.0f} %"] for name, ms in spent.items()]
    note = "" if found["unchanged"] else "\nThe counted run differed from the plain one: these counts are void.\n"
    return ("\n".join(said) + note + "\nWho spends the time of a `counts` run (under a profiler, which slows small calls):\n\n"
            + table(["part", "a run", "share"], rows))  # fmt: skip


def equivalence_part() -> str:
    """Both resolutions on every statistic."""
    found = results("equivalence")
    if found is None:
        return ABSENT
    rows = []
    for item in STATISTICS:
        row = found["rows"].get(item.id)
        if row:
            rows.append([f"`{item.id}`", f"{row['difference']:+.3f}", f"{row['low']:+.3f} to {row['high']:+.3f}",
                         "under .0001" if row["p"] < 1e-4 else f"{row['p']:.4f}", f"{row['z_spread']:+.1f}",
                         "yes" if row["p"] < found["level"] else "not shown"])  # fmt: skip
    passed = sum(row["p"] < found["level"] for row in found["rows"].values())
    exact = "to the last bit in each" if found["exact"] else "NOT in each"
    lacking = found["runs"] - found["people"]
    rest = f", of which {lacking} were not followed person by person and are represented by their counts," if lacking else ""
    return (prose(f"*Exactly:* in {found['people']} runs of everybody the log, counted again, equals the table of counts",
                  f"{exact}, and so do all {len(rows)} statistics computed from it.",
                  f"*Statistically:* {found['runs']} runs{rest} against {found['counts']:,} runs at `counts` with",
                  f"other seeds (code `{found['code']}`). Two one-sided tests at {100 * found['level']:.0f} per cent; margin",
                  f"{found['margin']} standard deviations from run to run, stated before the runs. Equivalent: {passed} of",
                  f"{len(rows)}. The last column but one compares the spreads, in standard errors.") + "\n"
            + table(["statistic", "difference", "90% interval", "p", "spread", "equivalent"], rows))  # fmt: skip


def picture() -> None:
    """CPU per person-week over people, one panel a prevalence."""
    found = results("peers")
    if found is None or "timings" not in found:
        return
    rows = [{"people": int(n), "regime": f"{regime} arrested", "ns": 1e9 * row["per"], "program": NAMES[name],
             "whose": "ours" if name == "engine" else "theirs", "last": int(n) == max(map(int, found["timings"]))}
            for n, by in found["timings"].items() for name, kept in by.items() for regime, row in kept.items()]  # fmt: skip
    base = alt.Chart(alt.Data(values=rows)).encode(
        x=alt.X("people:Q", scale=alt.Scale(type="log", domain=[9000, 9_000_000]), title="people",
                axis=alt.Axis(values=[10_000, 100_000, 1_000_000], format=",")),
        y=alt.Y("ns:Q", scale=alt.Scale(type="log"), title="CPU nanoseconds per person-week",
                axis=alt.Axis(values=[0.001, 0.01, 0.1, 1, 10, 100, 1000], format="~g")),
        color=alt.Color("whose:N", scale=alt.Scale(domain=["ours", "theirs"], range=["var(--accent)", "var(--ink3)"])),
        detail="program:N",
    )  # fmt: skip
    words = base.transform_filter("datum.last").mark_text(align="left", dx=6, fontSize=11).encode(text="program:N")
    layers = alt.layer(base.mark_line(), base.mark_point(filled=True), words).properties(width=230, height=260)
    chart = layers.facet(column=alt.Column("regime:N", title=None, sort=[f"{r} arrested" for r in REGIMES],
                                           header=alt.Header(labelFontSize=12)))  # fmt: skip
    (PAGE.parent / PICTURE).write_text(to_svg(chart, standalone=True), encoding="utf-8")


OTHERS = prose(
    "One small model, [written down exactly](reduced-model.md), in six programs: Mesa, mesa-frames, Starsim and LASER in",
    "their own idiom, a dense NumPy stepper, and the engine. Each peer in an environment of its own; one thread each;",
    "turns taken in one run.",
)  # fmt: skip
CAPTION = f"![CPU nanoseconds per person-week of six programs, by people and share arrested]({PICTURE})\n"
FLOOR = prose(
    "What the compiled engine does is counted as it runs; what each thing costs is measured in loops that do nothing else.",
    "Their product is the floor. What stands between floor and time is choosing, booking and checking.",
)  # fmt: skip
PARTS = (
    ("The engine", "", runs_part),
    ("Beside other programs", OTHERS + "\n" + CAPTION, peers_part),
    ("The same distribution", "", compared_part),
    ("Growth", "", growth_part),
    ("Two processes", "", processes_part),
    ("The floor, and where the time goes", FLOOR, floor_part),
    ("`people` and `counts` are one model", "", equivalence_part),
)


def text() -> str:
    """The page as the results make it; the part walked by hand is kept."""
    walked = PAGE.read_text(encoding="utf-8").partition(WALK)[2] if PAGE.exists() else ""
    said = ["# How long things take\n", "Written by `make bench` from `benchmarks/results/`; the last part by hand.\n"]
    for title, before, part in PARTS:
        said += [f"## {title}\n", *([before] if before else []), part()]
    return "\n".join(said) + "\n" + WALK + (walked or "\n\nNot measured yet.\n")


if __name__ == "__main__":
    picture()
    PAGE.write_text(text(), encoding="utf-8")

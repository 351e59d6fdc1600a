"""Says the record's numbers rightly and wrongly, and counts what the checker makes of both.

Every number is said as it is, in several layouts, and then with one thing changed: what happened to those counted (fate), the
year, the years together for one of them (period), the operation (line), the region, the group, people for families (unit). A
right statement must agree, or be disputed where the record has rival counts; a changed one must never agree. The sentences are
made from ``SEEDS`` and from the record's own names of its figures, always in the same way.

Run: ``python benchmarks/check/mutations.py [--show]``.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from thirtyseven.notes.check import check_text
from thirtyseven.notes.known.finding import ORDER
from thirtyseven.record import load

HEAD = "# The Great Terror 1937-38\n\n"

SEEDS = """
F-0953 F-0956 F-0958 F-0963 F-0964 F-0966 F-0969 F-0971 F-0973 F-0975 | people | convicted | in the {line} operation | 1937-38
F-0954 F-0957 F-0959 F-0962 F-0965 F-0967 F-0970 F-0972 F-0974 | people | shot | in the {line} operation | 1937-38
F-0955 | people | arrested | in the {line} operation | 1937-38
F-0941 | people | convicted | under Order 00447 | 1937-38
F-0942 | people | shot | under Order 00447 | 1937-38
F-0943 | people | sent to camps | under Order 00447 | 1937-38
F-0948 | people | convicted | in the national operations | 1937-38
F-0949 | people | shot | in the national operations | 1937-38
F-0884 F-0891 F-0856 F-0868 F-0880 | people | arrested | by the security organs | {year}
F-0885 F-0892 F-0857 F-0869 F-0881 | people | convicted | in cases of the security organs | {year}
F-0886 F-0893 F-0858 F-0870 F-0882 | people | shot | in cases of the security organs | {year}
F-0886 F-0893 | people | shot | | {year}
F-0912 | people | arrested | by the security organs | 1937-38
F-0913 | people | convicted | in cases of the security organs | 1937-38
F-0914 | people | shot | in cases of the security organs | 1937-38
F-0914 | people | shot | | 1937-38
F-0915 | people | sent to camps | in cases of the security organs | 1937-38
F-0153 F-0157 F-0145 | officers | discharged | from the ground forces | {year}
F-0174 | officers | discharged | from the ground forces | 1937-38
F-0175 | officers | arrested | in the ground forces | 1937-38
F-0180 F-0181 | officers | arrested | in the ground forces | {year}
F-0291 | officers | arrested | in the army | 1937-38
F-0177 | officers | discharged | for political reasons | 1937-38
F-0071 F-0072 | party members | arrested | by the NKVD | {year}
F-0067 | party members | expelled | from the party | 1937
F-0099 | delegates of the Seventeenth Congress | arrested | | 1934-40
F-0775 F-0777 | clergy and church activists | arrested | | {year}
F-0776 F-0778 | clergy and church activists | shot | | {year}
F-0785 | church and sectarian activists | arrested | | August to November 1937
F-0403 | state security men | arrested | | October 1936 to August 1938
F-0407 | operative staff of the NKVD | dismissed | | 1939
F-0497 F-0500 F-0501 | prisoners | released | from the camps | {year}
F-0492 F-0493 | prisoners | died | in the camps | {year}
F-0532 F-0536 | special settlers | died | | {year}
F-0551 | kulaks | deported | | 1930-31
F-0552 | kulak families | deported | | 1930-31
F-0553 | Koreans | deported | from the Far East | 1937
F-0554 | Korean families | deported | from the Far East | 1937
F-0555 | Poles and Germans | deported | from Ukraine to Kazakhstan | 1936
F-0141 | former people | expelled | from Leningrad | 1935
F-0814 F-0815 | people | shot | in Leningrad | {year}
F-0819 | people | shot | in Karelia | 1937-38
F-0823 | people | sent to camps | in Karelia | 1937-38
F-0824 | prisoners of Solovki | shot | at Sandarmokh | 1937
F-5010 | people | shot | at Butovo | 1937-38
F-0979 | people | convicted | by the special troikas | autumn 1938
F-0980 | people | shot | by the special troikas | autumn 1938
F-5101 | people | convicted | by the Military Collegium | October 1936 to September 1938
F-5102 | people | sentenced to death | by the Military Collegium | October 1936 to September 1938
F-5003 | wives | arrested | under Order 00486 | 1937-38
F-5104 | people | arrested | for anti-Soviet activity | 1937-38
"""
"""Ids of the record's figures | who | what happened to them | where, in which operation | when."""


LINES = ("Polish", "German", "Harbin", "Latvian", "Greek", "Estonian", "Finnish", "Romanian", "Iranian", "Afghan")
WITHIN = ("1938 Iranian", "1938 Afghan")
"""Operations that one year holds."""
OTHER_FATE = {
    "convicted": ("arrested", "shot"), "shot": ("arrested", "sent to camps"), "arrested": ("shot", "released"),
    "sent to camps": ("shot",), "discharged": ("shot", "arrested"), "dismissed": ("shot", "arrested"),
    "expelled": ("shot", "arrested"), "released": ("shot", "died"), "died": ("released", "shot"), "deported": ("shot",),
    "sentenced to death": ("arrested", "sent to camps"),
}  # fmt: skip
OTHER_GROUP = {
    "officers": ("party members", "priests"), "party members": ("officers",), "people": ("party members", "officers"),
    "clergy and church activists": ("officers", "party members"), "church and sectarian activists": ("officers",),
    "state security men": ("officers",), "operative staff of the NKVD": ("officers",), "Koreans": ("Poles", "Germans"),
    "Poles and Germans": ("Koreans",), "prisoners": ("special settlers",), "special settlers": ("camp prisoners",),
    "delegates of the Seventeenth Congress": ("members of the Central Committee", "officers"),
    "wives": ("officers", "children"), "former people": ("Koreans", "kulaks"),
}  # fmt: skip
OTHER_SCOPE = {
    "under Order 00447": ("in the national operations", "in the Polish operation"),
    "in the national operations": ("under Order 00447", "in the Polish operation"),
    "in Leningrad": ("in Karelia", "in Moscow"), "in Karelia": ("in Leningrad",), "at Butovo": ("at Sandarmokh",),
    "at Sandarmokh": ("at Butovo",), "from Leningrad": ("from Moscow",), "from the Far East": ("from Ukraine",),
    "by the special troikas": ("by the Military Collegium",), "by the Military Collegium": ("by the special troikas",),
    "from the ground forces": ("from the navy",), "under Order 00486": ("under Order 00485", "under Order 00447"),
    "from the camps": ("from the prisons",), "in the camps": ("in the prisons",),
}  # fmt: skip
UNITS = {
    "people": "families", "kulaks": "kulak families", "kulak families": "kulaks", "Koreans": "Korean families",
    "Korean families": "Koreans", "party members": "families of party members",
}  # fmt: skip
LAYOUTS = {
    "bullet": "- {when}: {number} {who} {fate} {scope}",
    "prose": "In {when} {number} {who} were {fate} {scope}.",
    "behind": "{number} {who} were {fate} {scope} in {when}.",
    "count": "The number of {who} {fate} {scope} in {when} was {number}.",
    "table": "| When | Who | Number |\n|---|---|---|\n| {when} | {who} {fate} {scope} | {number} |",
    "active": "The authorities {active} {number} {who} {scope} in {when}.",
}
ACTIVE = {"convicted", "shot", "arrested", "discharged", "dismissed", "expelled", "released", "deported"}


@dataclass(frozen=True)
class Said:
    """A number of the record and what is said of it.

    Attributes:
        figure: id in the record.
        value: the number.
        who: those counted.
        fate: what happened to them.
        scope: operation, place, court.
        when: year or years.
        yearly: whether the record has the number for each of several years.
        changed: what was changed ("right" for nothing).
    """

    figure: str
    value: int
    who: str
    fate: str
    scope: str
    when: str
    yearly: bool = False
    changed: str = "right"


@dataclass(frozen=True)
class Trial:
    """One sentence put to the checker: its kind, layout, whether rivals excuse a dispute, its text, and the verdict."""

    changed: str
    layout: str
    rival: bool
    figure: str
    text: str

    def verdict(self) -> str:
        """The gravest remark on the sentence."""
        line = (HEAD + self.text).count("\n") + 1
        found = [one.verdict for one in check_text(f"{HEAD}{self.text}\n") if one.line == line]
        return min(found, key=lambda one: ORDER[one]) if found else "silent"


def seeds() -> Iterator[Said]:
    """The numbers with what is rightly said of them."""
    figures = load().figures
    for row in SEEDS.strip().splitlines():
        ids, who, fate, scope, when = (part.strip() for part in row.split("|"))
        for key in ids.split():
            figure = figures[key]
            line = next((one for one in LINES if f" {one} " in figure.item), "")
            year, yearly = when.format(year=figure.period[:4]), when != when.format(year="")
            yield Said(key, int(figure.value or 0), who, fate, scope.format(line=line), year, yearly)


def changes(said: Said) -> Iterator[Said]:
    """The same number with one thing changed so that it is no longer true."""
    for fate in OTHER_FATE[said.fate]:
        yield replace(said, fate=fate, changed="fate")
    for who in OTHER_GROUP.get(said.who, ()):
        yield replace(said, who=who, changed="group")
    if said.who in UNITS:
        yield replace(said, who=UNITS[said.who], changed="unit")
    for scope in OTHER_SCOPE.get(said.scope, ()):
        yield replace(said, scope=scope, changed="scope")
    line = next((one for one in LINES if one in said.scope), "")
    for step in (1, 4) if line else ():
        other = LINES[(LINES.index(line) + step) % len(LINES)]
        yield replace(said, scope=said.scope.replace(line, other), changed="line")
    if said.when == "1937-38":
        for year in ("1937", "1938"):
            if f"{year} {line}" not in WITHIN:
                yield replace(said, when=year, changed="period")
        yield replace(said, when="1935", changed="year")
    elif said.when.isdecimal():
        yield replace(said, when=str(int(said.when) + 1), changed="year")
        yield replace(said, when=str(int(said.when) - 1), changed="year")
        if said.yearly and said.when in ("1937", "1938"):
            yield replace(said, when="1937-38", changed="period")


def sentences(said: Said, rival: bool) -> Iterator[Trial]:
    """What is said, in every layout."""
    for name, layout in LAYOUTS.items():
        if name == "active" and (said.fate not in ACTIVE or said.scope.startswith("by ")):
            continue
        text = layout.format(
            number=f"{said.value:,}", who=said.who, fate=said.fate, active=said.fate, scope=said.scope, when=said.when
        )
        if said.fate == "died":
            text = text.replace("were died", "died").replace(f"{said.who} died in the number", said.who)
        text = re.sub(r" +([.|])", r" \1" if "|" in text else r"\1", re.sub(r" {2,}", " ", text)).rstrip()
        yield Trial(said.changed, name, rival, said.figure, text)


NAMED_FATES = tuple(
    pair.split(" > ")
    for pair in (
        "death sentences > arrests", "sentenced to death > arrested", "sentenced to be shot > arrested", "shot > arrested",
        "arrests > death sentences", "arrested > shot", "convicted > arrested", "convictions > arrests",
        "sentenced under > shot under", "sentenced by > shot by", "expelled > shot", "discharged > shot", "deported > shot",
        "reinstated > shot", "released > shot", "dismissed > shot", "deaths > releases",
    )
)  # fmt: skip


def named() -> Iterator[Trial]:
    """The record's figures under their own names, as they are and with fate, year or line changed."""
    for figure in load().figures.values():
        if not figure.value or figure.deprecated or figure.unit not in ("persons", "cases") or figure.value < 1000:
            continue
        rival = bool(figure.rival)
        item, number = figure.item, f"{figure.value:,.0f}"
        years = sorted(set(re.findall(r"\b\d{4}\b", figure.period)))
        dated = re.search(r"\b19\d\d", item)
        if len(years) == 1 and not dated:
            item = f"{item}, {years[0]}"
        elif len(years) == 2 and not dated:
            item = f"{item}, {years[0]}-{years[1][2:]}"
        yield Trial("right", "named", rival, figure.id, f"{item}: {number}")
        low = item.lower()
        own, other = next(((a, b) for a, b in NAMED_FATES if re.search(rf"\b{a}\b", low)), ("", ""))
        told = [b for b in ("shot", "arrested", "reinstated", "expelled") if b != own and re.search(rf"\b{b}\b", low)]
        if own and not told:
            yield Trial("fate", "named", rival, figure.id, f"{re.sub(rf'{own}', other, low, count=1)}: {number}")
        if len(years) == 1 and item.count(years[0]) == 1 and f"{years[0]}-" not in item and "borders" not in item:
            for step in (1, -1):
                changed = item.replace(years[0], str(int(years[0]) + step))
                yield Trial("year", "named", rival, figure.id, f"{changed}: {number}")
        line = next((one for one in LINES if f"{one} line" in item), "")
        if line:
            other = LINES[(LINES.index(line) + 3) % len(LINES)]
            yield Trial("line", "named", rival, figure.id, f"{item.replace(line, other)}: {number}")


def trials(layouts: tuple[str, ...] = (*LAYOUTS, "named")) -> Iterator[Trial]:
    """All sentences of the layouts asked for."""
    figures = load().figures
    for said in seeds():
        rival = bool(figures[said.figure].rival)
        for one in (said, *changes(said)):
            yield from (trial for trial in sentences(one, rival) if trial.layout in layouts)
    if "named" in layouts:
        yield from named()


def failed(trial: Trial, verdict: str) -> bool:
    """Whether a right statement is called otherwise, or a changed one agrees."""
    if trial.changed == "right":
        return verdict in ("wrong", "different definition") or (verdict == "disputed" and not trial.rival)
    return verdict == "agrees"


def main() -> None:
    """Print the shares by kind and layout, and with ``--show`` the sentences that failed."""
    total: Counter[tuple[str, str]] = Counter()
    shown = []
    for trial in trials():
        verdict = trial.verdict()
        bad = failed(trial, verdict)
        for key in (trial.changed, f"{'right' if trial.changed == 'right' else 'changed'} ({trial.layout})"):
            total[key, "all"] += 1
            total[key, "failed"] += bad
            total[key, verdict] += 1
        if bad or (trial.changed == "right" and verdict == "silent"):
            shown.append(f"{trial.changed}/{trial.layout} {verdict} {trial.figure}: {trial.text.splitlines()[-1]}")
    print("| kind | sentences | failed | share | agrees | wrong | different definition | disputed | silent |")
    print("|---|---|---|---|---|---|---|---|---|")
    for key in dict.fromkeys(key for key, _ in total):
        row = [total[key, "all"], total[key, "failed"], f"{total[key, 'failed'] / total[key, 'all']:.3f}"]
        row += [total[key, word] for word in ("agrees", "wrong", "different definition", "disputed", "silent")]
        print("|", key, "|", " | ".join(str(cell) for cell in row), "|")
    if "--show" in sys.argv:
        print("\n" + "\n".join(shown))


if __name__ == "__main__":
    main()

"""Chapter: how near it came: households, kin, acquaintances, chains of names, cohorts, and what followed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from thirtyseven.publish.charts.figure import Figure, Key, table
from thirtyseven.publish.charts.marks import dot_keys, line_key
from thirtyseven.publish.charts.rows import row as drawn
from thirtyseven.publish.charts.rows import spread_inside
from thirtyseven.publish.weighed import Spread
from thirtyseven.society.strata import STRATA

FILE = "everybody.json"

DEFINITIONS = {
    "people": "Of all people", "adults": "Of adults", "household": "Of households, a member",
    "household_or_kin": "Of households, a member or close kin", "acquaintance": "Of adults, one of eight acquaintances",
    "colleague": "Of working adults, somebody at work",
}  # fmt: skip
DRAWN = {
    "people": "People", "adults": "Adults", "household": "Households", "household_or_kin": "With close kin",
    "acquaintance": "Acquaintances", "colleague": "Colleagues",
}  # fmt: skip
LOSSES = {
    "arrested_1937_38": "arrested in 1937–38", "arrested": "arrested in 1934–39",
    "to_death": "sentenced to death in 1934–39",
}  # fmt: skip
CIRCLES = {"one_in_eighteen": "one in eighteen", "one_in_eight": "one in eight", "half": "half", "nine_in_ten": "nine in ten"}
GROUPS = {
    "all": "All", "elite": "Holders of posts", "party": "Party members", "army": "Army", "state_security": "State security",
    "mass": "Order 00447", "national": "National lines", "ordinary": "Ordinary",
}  # fmt: skip
OFFICES = {
    "central-committee": "Central Committee of 1934", "congress-delegates": "Delegates of 1934",
    "first-secretaries": "First secretaries of regions", "nkvd-leadership": "Leading posts of the NKVD",
    "marshals": "Marshals",
}  # fmt: skip
SHORT = {"central-committee": "Committee", "congress-delegates": "Delegates", "first-secretaries": "Secretaries",
         "nkvd-leadership": "NKVD leaders", "marshals": "Marshals"}  # fmt: skip
FOLLOWED = {
    "posts.vacancies": "Responsible posts that fell vacant by arrest", "posts.moves": "Moves that filled one vacancy",
    "posts.secretaries_changes": "Changes of first secretary, a region",
    "party.back_in_party_1938": "Taken back into the party, 1938",
    "officers.arrested_1937_38": "Officers arrested, 1937–38", "officers.back_in_army": "Officers taken back by the end of 1939",
    "congress_1939.joined_before_1921": "Joined before 1921, per cent of delegates of 1939 (at most)",
    "specialists.arrested": "Specialists and managers arrested", "families.arrested": "Relatives arrested under Order 00486",
    "camps.political_1938": "Held under such sentences, 1 January 1938",
    "camps.political_1939": "Held under such sentences, 1 January 1939",
    "camps.died_1938": "Of them died in 1938",
}  # fmt: skip
LABELS = {one.slug: one.label for one in STRATA}
KEYS: tuple[Key, ...] = dot_keys("record outside it", "simulated: middle and 90 % of runs")


def view(content: dict[str, Any]) -> dict[str, Any]:
    """Words, figures and tables of the chapter, from `everybody.json`."""
    answers = content["answers"]
    figures = [_families(answers["families"]), _chains(answers["chains"])]
    figures += [_cohorts(answers["cohorts"], content["beside"]["cohorts"]), _followed(answers, content["beside"]["consequences"])]
    return {
        "lead": _lead(answers["families"]["arrested_1937_38"]), "figures": figures, "runs": content["runs"],
        "posterior": content["posterior"],
    }  # fmt: skip


def shown(value: Mapping[str, Any] | None, scale: float = 1.0) -> str:
    """Middle and 90 %: "3.6 (3.1–4.0)"; a dash where there is none."""
    if not value or value.get("q50") is None:
        return "–"
    whole = scale == 1 and all(float(value[q]).is_integer() for q in ("q05", "q50", "q95"))
    digits = 0 if whole or abs(scale * value["q50"]) >= 100 else 1 if abs(scale * value["q50"]) >= 1 else 2
    low, middle, high = (f"{scale * value[q]:,.{digits}f}" for q in ("q05", "q50", "q95"))
    return middle if low == high else f"{middle} ({low}–{high})"


def _lead(told: Mapping[str, Any]) -> str:
    shares = told["shares"]
    return (
        f"Of the households of the census {shown(shares['household'], 100)} per cent lost a member to arrest in 1937–38; with "
        f"close kin in other households {shown(shares['household_or_kin'], 100)} per cent. Of adults "
        f"{shown(shares['acquaintance'], 100)} per cent lost one of eight acquaintances. Half of all adults lost somebody they "
        f"knew if each knew {shown(told['circle']['half'])} people, nine in ten if each knew "
        f"{shown(told['circle']['nine_in_ten'])}."
    )


def _middle(value: Mapping[str, Any]) -> str:
    """The middle alone, for the end of a row that draws the interval."""
    digits = 0 if value["q50"] >= 0.1 else 1
    return f"{100 * value['q50']:.{digits}f} %"


def _how_near(told: Mapping[str, Any]) -> str:
    """What becomes of "almost every family", nine in ten at least, under the definitions that were counted."""
    shares = told["shares"]
    true_of = [words.lower() for name, words in DEFINITIONS.items() if shares[name]["q50"] >= 0.9]
    if not true_of:
        return f"No definition makes it almost everybody: of households {shown(shares['household'], 100)} per cent lost a member"
    whom = " and ".join(true_of)
    return f"It comes near everybody only {whom}; of households {shown(shares['household'], 100)} per cent lost a member"


def _spread(value: Mapping[str, Any] | None, scale: float = 1.0) -> Spread:
    if not value:
        return Spread()
    points = {q: None if value.get(q) is None else scale * float(value[q]) for q in ("q05", "q50", "q95")}
    return Spread(**points)


def _families(answers: Mapping[str, Any]) -> Figure:
    first = answers["arrested_1937_38"]["shares"]
    rows = [drawn(words, spread_inside(_spread(first[name]), None), _middle(first[name])) for name, words in DRAWN.items()]
    by_loss = [(words, *(shown(answers[loss]["shares"][name], 100) for loss in LOSSES)) for name, words in DEFINITIONS.items()]
    circles = [(words, *(shown(answers[loss][what][name]) for what in ("circle", "kin") for loss in LOSSES))
               for name, words in CIRCLES.items()]  # fmt: skip
    heads = [f"{what}, {loss}" for what in ("People known", "Households of kin") for loss in LOSSES.values()]
    return Figure(
        id="near",
        finding=_how_near(answers["arrested_1937_38"]),
        definition="Share that lost somebody to arrest in 1937–38, from 0 to 100 per cent, by who is asked about whom.",
        body=Markup("").join(rows),
        tables=(
            table("Share that lost somebody, per cent", ("Who", *LOSSES.values()), by_loss),
            table("How many people one must know, or households count as kin, for a share of all to have lost one of them",
                  ("Share", *heads), circles),
        ),
        keys=(KEYS[0],),
        source="Simulated. Sizes of households: census of 1939; close kin, acquaintances and places of work: judgement, "
        "stated in the documentation.",
    )  # fmt: skip


def _chains(answers: Mapping[str, Any]) -> Figure:
    groups = [(words, answers[name]) for name, words in GROUPS.items() if "size" in answers.get(name, {})]
    rows = [drawn(words, spread_inside(_spread(told["size"]["arrests_at_least"]["10"]), None),
                  _middle(told["size"]["arrests_at_least"]["10"])) for words, told in groups]  # fmt: skip
    cells = [
        (words, shown(told["cases"]), shown(told["naming"]), shown(told["size"]["mean"]), shown(told["size"]["largest"]),
         shown(told["generation"]["longest"]), shown(told["names"]["none"], 100),
         shown(told["names"]["top_hundredth"], 100)) for words, told in groups
    ]  # fmt: skip
    patrons = [(words, *(shown(answers["patrons"][name][key], 100) for key in ("arrested", "patron_fell", "patron_stayed")),
                shown(answers["patrons"][name]["longest"]))
               for name, words in (("state_security", "State security"), ("office_holders", "Holders of posts"))]  # fmt: skip
    return Figure(
        id="cases",
        finding=f"{shown(answers['all']['size']['arrests_at_least']['10'], 100)} per cent of arrests belonged to cases of ten "
        "people and more",
        definition="Share of arrests that belong to a case of ten people or more, from 0 to 100 per cent. A case is what hangs "
        "together by names given under investigation.",
        body=Markup("").join(rows),
        tables=(
            table("Cases, and names given", ("Channel", "Cases", "Names acted on, an arrest", "Mean size", "Largest",
                  "Longest chain", "Gave no name, %", "Names from the hundredth who gave most, %"), cells),
            table("Patrons and clients: arrested, per cent", ("", "All", "Patron had fallen", "Patron had not", "Longest chain"),
                  patrons),
        ),
        keys=(KEYS[0],),
        source="Simulated. Shares of arrests that follow a name are judgement by channel; no archive counts them.",
    )  # fmt: skip


def _cohorts(answers: Mapping[str, Any], recorded: Mapping[str, Any]) -> Figure:
    rows, cells = [], []
    for name, words in OFFICES.items():
        told = answers["offices"][name]
        holders = told["holders"]["q50"]
        for what, verb in (("arrested", "arrested"), ("to_death", "sentenced to death")):
            kept = recorded.get(f"offices.{name}.{what}")
            share = told[f"{what}_share"]
            beside = "–" if kept is None else f"{kept['value']:,.0f} ({kept['id']}, {kept['seen']})"
            cells.append((f"{words}, {verb}", shown(told["holders"]), shown(told[what]), beside))
            if what == "arrested" or kept is not None:
                at = None if kept is None else kept["value"] / holders
                short = f"{SHORT[name]}, {'arrested' if what == 'arrested' else 'to death'}"
                rows.append(drawn(short, spread_inside(_spread(share), at), _middle(share)))
    strata = sorted(answers["strata"].items(), key=lambda pair: -pair[1]["arrested"]["q50"])
    return Figure(
        id="cohorts",
        finding="Those who held office in 1934–37, beside the record",
        definition="Share of those who held an office in 1934–37 who were arrested, or sentenced to death, by the end of 1939.",
        body=Markup("").join(rows),
        tables=(
            table("Offices", ("Office", "Holders", "Simulated", "Recorded"), cells),
            table("Adults by stratum, per cent", ("Stratum", "Arrested", "Sentenced to death"),
                  [(LABELS[slug], shown(told["arrested"], 100), shown(told["to_death"], 100)) for slug, told in strata]),
        ),
        keys=(*KEYS, line_key("when", "the record")),
        source="Simulated; the record counts people shot to 1940 beside the model’s sentences to death to the end of 1939.",
        missing="Sentences to death of commanders and of the service come out too few: their courts know no rank in the model.",
    )  # fmt: skip


def _followed(answers: Mapping[str, Any], recorded: Mapping[str, Any]) -> Figure:
    rows = []
    for path, words in FOLLOWED.items():
        group, name = path.split(".")
        kept = recorded.get(path)
        numbers = [] if kept is None else [f"{v:,.0f}" for v in (kept["value"], kept["low"], kept["high"]) if v is not None]
        beside = "–" if kept is None else f"{'–'.join(numbers[:2])}: {kept['item']} ({kept['id']}, {kept['seen']})"
        rows.append((words, shown(answers["consequences"].get(group, {}).get(name)), beside))
    return Figure(
        id="followed",
        finding="What followed, beside the record where it speaks",
        definition="People, unless said otherwise; middle and 90 % of runs.",
        body=Markup(""),
        tables=(table("Consequences", ("What", "Simulated", "Recorded"), rows, notes=(2,)),),
        source="Simulated. The pace of reinstatement was set from the record and is no test; death rates of the camps are the "
        "record’s, which counts as political prisoners neither “criminals” of Order 00447 nor people in colonies and "
        "prisons; the share of Old Bolsheviks is an upper bound, because nobody retires.",
    )

"""Who lived: some twenty-five strata of the population of January 1937, each with its size and where that is from.

A stratum is a line of the model, not a name that people gave themselves.  Terms of the regime stand in quotation
marks: a "kulak" was whoever had been entered as one.  Everybody is in exactly one stratum, the one that mattered
most for what the institutions could do to him; families follow (see `household`).

Every size that is recalled and was not seen in a copy says so; judgement is called judgement.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Household = Literal["own", "dependants", "none"]
Sector = Literal["town", "farm", "office", "garrison", "security", "none"]


@dataclass(frozen=True)
class Stratum:
    """One stratum.

    Attributes:
        slug: ASCII name, used in tables and files.
        label: in plain words, for people.
        definition: who is counted here.
        household: `own`, people are counted with their families, in the same cell; `dependants`, persons are counted
            alone and their families stand in the region's cell of dependants; `none`, they live in barracks, camps
            or hostels.
        village: household sizes of the village (mean 4.3) rather than of the town (3.6).
        sector: the kind of workplace its adults share.
        people: persons in the whole Union in January 1937; None where the size is a remainder.
        spread: name of the weights that place them in regions (`build.weights`).
        source: where the size comes from.
        seen: "seen", "recalled", "derived" or "judgement".
        term: the regime's own word, in quotation marks; empty where the label is neutral.
    """

    slug: str
    label: str
    definition: str
    household: Household
    village: bool
    sector: Sector
    people: int | None
    spread: str
    source: str
    seen: Literal["seen", "recalled", "derived", "judgement"]
    term: str = ""


CENSUS_1937 = 162_003_225
"""Everybody counted on 6 January 1937, army and "contingents" of the NKVD included (census of 1937)."""
PARTY = 1_981_697
"""Members and candidates on 1 January 1937: 1,453,828 + 527,869 (Rigby 1968, recalled)."""
OFFICE_HOLDERS = 100_000
"""Holders of responsible posts; order of magnitude after Stalin's division of 3 March 1937 (3-4 thousand leaders,
30-40 thousand in the middle, 100-150 thousand below; recalled)."""
SECURITY_STAFF = 24_500
"""Operational staff of state security: "order of 25,000" (after Petrov and Skorkin 1999, recalled)."""
OFFICERS = 144_300
"""Officers on the list in 1937, all arms (Reese; army table, recalled)."""
HIGH_COMMAND = 1_863
"""Officers of general grade in 1936 (Zakharov and Sonin 2024, abstract seen)."""
SENIOR_OFFICERS = 1_713 + 5_501
"""Colonels and majors when ranks were given out, end of 1936 (after Suvenirov 1998, recalled)."""
ARMY = 1_682_569
"""The Red Army on special count, 6 January 1937 (census of 1937, seen)."""
OUTSIDE_TABLES = 1_944_896
"""Army and "contingent A" of the NKVD: the total less the 160,058,329 tabulated by region (seen)."""
PRISONERS = 820_881 + 375_488
"""Camps, and colonies with prisons, 1 January 1937 (Getty, Rittersporn and Zemskov 1993, recalled)."""
SETTLERS = 916_787
"""People of the special settlements, 1 January 1937 (Zemskov, recalled)."""
UNDER_16 = 1.0 - 98.4 / 162.003225
"""Share of children under 16: the census counted 98.4 million people of 16 and more (recalled)."""
URBAN = 43_700_000
"""People in towns in January 1937, without the padding of the published figure (Zhiromskaya 1994, seen)."""
REGISTERS = round(0.022 * CENSUS_1937)
"""People the police had entered in its registers, or could have: 2.2% of the population (calibration of the model)."""

# Families dekulakised about 1.1 million (recalled), of them 381,026 deported: two adults each; and two thirds of the
# 606,496 who fled the settlements in 1932-37 (a third were taken back, recalled), 60% of them adults.
_KULAKS = round((1_100_000 - 381_026) * 2 + 606_496 * 2 / 3 * 0.6)
_CRIMINALS = 147_272 + 211_035 + 369_544
_CLERGY = 660_000
# 13.5% of the population is the intelligentsia with families, 9,591,000 of them at work (Molotov, March 1939).
_SPECIALISTS = 1_751_000 + 250_000 + 810_000 + 80_000 + 96_000 + 80_000 + 132_000 + 46_000
_WITH_FAMILY = 0.135 * CENSUS_1937 / 9_591_000

STRATA: tuple[Stratum, ...] = (
    Stratum("office-holders", "holders of responsible posts",
            "secretaries, commissars, directors and heads whose appointment a party committee had to approve",
            "dependants", False, "office", OFFICE_HOLDERS, "offices",
            "Stalin, plenum of February-March 1937: order of magnitude", "recalled", '"nomenklatura"'),
    Stratum("party-members", "party members of the rank and file",
            "members and candidates of the party without a responsible post and outside state security",
            "dependants", False, "town", PARTY - OFFICE_HOLDERS - SECURITY_STAFF, "party",
            "Rigby 1968, less office-holders and security staff; communists among officers are not taken out",
            "recalled"),
    Stratum("expelled-members", "people expelled from the party in 1933-36",
            "expelled in the review of 1933-35 (350,700), the verification (263,885 to February 1936) and the exchange"
            " of documents (37,000); those taken back are not deducted",
            "dependants", False, "town", 350_700 + 263_885 + 37_000, "party",
            "party table: Rogovin; Khlevniuk 1996; Getty and Naumov 1999", "recalled"),
    Stratum("high-command", "officers of general grade",
            "marshals to brigade commanders, and equal ranks of commissars, engineers, doctors, lawyers and the fleet",
            "dependants", False, "garrison", HIGH_COMMAND, "command", "Zakharov and Sonin 2024 (for 1936)", "seen"),
    Stratum("senior-officers", "colonels and majors", "colonels and majors of all arms",
            "dependants", False, "garrison", SENIOR_OFFICERS, "garrison",
            "ranks given by the end of 1936, after Suvenirov 1998", "recalled"),
    Stratum("officers", "captains and lieutenants, and other officers",
            "all other commanders and political officers on the list",
            "dependants", False, "garrison", OFFICERS - HIGH_COMMAND - SENIOR_OFFICERS, "garrison",
            "Reese: 144,300 on the list in 1937, less the two higher bands", "recalled"),
    Stratum("soldiers", "soldiers and sailors", "the Red Army on special count, without its officers",
            "none", False, "garrison", ARMY - OFFICERS, "garrison", "census of 1937, less officers", "seen"),
    Stratum("security-staff", "operational staff of state security",
            "officials of the Main Administration of State Security and its regional branches",
            "dependants", False, "security", SECURITY_STAFF, "staff", "Petrov and Skorkin 1999", "recalled"),
    Stratum("nkvd-troops", "guards and troops of the NKVD",
            "border and internal troops, guards and staff of camps, counted apart in the census",
            "none", False, "security", OUTSIDE_TABLES - ARMY - SECURITY_STAFF, "garrison",
            'census of 1937, "contingent A", less operational staff', "seen", '"contingent A"'),
    Stratum("former-kulaks", 'people entered as former "kulaks"',
            "adults of families dekulakised in 1930-33 who had not been deported, or had left the settlements",
            "dependants", True, "farm", _KULAKS, "kulak",
            "1.1 million families less 381,026 deported; flight 1932-37 after Zemskov", "recalled", '"former kulaks"'),
    Stratum("criminal-register", "people registered as criminals",
            "people freed from the camps in 1934-36, whom the militia kept in its registers",
            "dependants", False, "none", _CRIMINALS, "criminal",
            "freed from camps 1934, 1935, 1936: 147,272 + 211,035 + 369,544 (camps table)", "recalled",
            '"criminals"'),
    Stratum("clergy", "clergy and members of church councils",
            "servants of every faith (some 60,000) and members of the parish councils of twenty (some 600,000)",
            "dependants", True, "farm", _CLERGY, "faithful",
            "councils: Malenkov's note of May 1937; clergy: order of magnitude of the census", "recalled",
            '"churchmen and sectarians"'),
    Stratum("other-register", 'people registered as other "anti-Soviet elements"',
            "former officials, officers of the White armies, members of other parties, people who took part in risings,"
            " returned emigrants",
            "dependants", False, "town", REGISTERS - _KULAKS - _CRIMINALS - _CLERGY, "other",
            "no count is known: the remainder that brings all registers to 2.2% of the population", "judgement",
            '"other anti-Soviet elements"'),
    Stratum("polish", "Poles", "Poles of the census, with families",
            "own", True, "farm", None, "minority", "census of 1937: 636,220", "recalled", '"Polish line"'),
    Stratum("german", "Germans", "Germans of the census, with families",
            "own", True, "farm", None, "minority", "census of 1937: 1,151,602", "recalled", '"German line"'),
    Stratum("harbin", "people returned from Harbin, and Chinese",
            "people of the Chinese Eastern Railway and their families (up to 25,000 by Order 00593), and Chinese",
            "own", False, "town", None, "minority", "Order 00593; Chinese between the censuses of 1926 and 1939",
            "recalled", '"Harbin line"'),
    Stratum("baltic", "Latvians, Estonians and Finns", "Latvians (with Latgalians), Estonians, Finns (with those of"
            " Leningrad), with families",
            "own", True, "farm", None, "minority", "between the censuses of 1926 and 1939", "derived",
            '"Latvian, Estonian and Finnish lines"'),
    Stratum("southern", "Greeks, Iranians, Afghans and Bulgarians", "Greeks, Iranians, Afghans, Bulgarians, with"
            " families",
            "own", True, "farm", None, "minority", "between the censuses of 1926 and 1939", "derived",
            '"Greek, Iranian, Afghan and Bulgarian lines"'),
    Stratum("specialists", "specialists and managers",
            "directors, engineers, technicians, agronomists, scientists, doctors, judges, with families, without"
            " office-holders",
            "own", False, "town", round((_SPECIALISTS - OFFICE_HOLDERS) * _WITH_FAMILY), "learned",
            "Molotov, March 1939 (figures of 1 January 1937); families at 13-14% of the population", "recalled"),
    Stratum("students", "students", "students of higher schools, in hostels",
            "none", False, "town", 550_000, "students", "Molotov, March 1939 (figures of 1 January 1937)", "recalled"),
    Stratum("workers", "workers", "workers with families",
            "own", False, "town", None, "group", "social groups of 1 January 1937, split as in the census of 1939",
            "recalled"),
    Stratum("employees", "employees", "teachers, clerks, nurses and other employees with families",
            "own", False, "town", None, "group", "social groups of 1 January 1937, split as in the census of 1939",
            "recalled"),
    Stratum("collective-farmers", "collective farmers", "members of collective farms with families",
            "own", True, "farm", None, "group", "social groups of 1 January 1937, split as in the census of 1939",
            "recalled"),
    Stratum("individual", "craftsmen and individual peasants", "craftsmen, in cooperatives or alone, and peasants"
            " outside the collective farms, with families",
            "own", True, "none", None, "group", "social groups of 1 January 1937, split as in the census of 1939",
            "recalled"),
    Stratum("dependants", "families of those counted alone",
            "wives, husbands, children and parents of office-holders, party members, officers, security staff and"
            " people in the registers",
            "none", False, "none", None, "family", "sizes of families, census of 1939 (3.6 in towns, 4.3 in villages)",
            "recalled"),
    Stratum("special-settlers", "people of the special settlements",
            "deported families who lived under a commandant", "own", True, "none", SETTLERS, "exile",
            "Zemskov, 1 January 1937", "recalled", '"special settlers", "labour settlers"'),
    Stratum("prisoners", "prisoners of camps and colonies", "prisoners of camps, colonies and prisons",
            "none", False, "none", PRISONERS, "camps", "Getty, Rittersporn and Zemskov 1993", "recalled"),
)

SLUGS: tuple[str, ...] = tuple(one.slug for one in STRATA)
INDEX: dict[str, int] = {slug: i for i, slug in enumerate(SLUGS)}
LINES: tuple[str, ...] = ("polish", "german", "harbin", "baltic", "southern")
GROUPS: tuple[str, ...] = ("workers", "employees", "collective-farmers", "individual")

GROUP_SHARES: dict[str, float] = {
    "workers": 0.362 * 54_566_283 / (54_566_283 + 29_738_484),
    "employees": 0.362 * 29_738_484 / (54_566_283 + 29_738_484),
    "collective-farmers": 0.579 * 75_616_388 / (75_616_388 + 3_888_434),
    "individual": 0.579 * 3_888_434 / (75_616_388 + 3_888_434) + 0.059,
}
"""Social groups with families, 1 January 1937 (36.2, 57.9, 5.9%), each split as the census of 1939 (recalled)."""

BELONG: dict[str, dict[str, float]] = {
    "office-holders": {"employees": 1.0},
    "party-members": {"employees": 0.5, "workers": 0.35, "collective-farmers": 0.15},
    "expelled-members": {"employees": 0.4, "workers": 0.4, "collective-farmers": 0.2},
    "former-kulaks": {"workers": 0.5, "collective-farmers": 0.3, "individual": 0.2},
    "criminal-register": {"workers": 0.7, "individual": 0.3},
    "clergy": {"collective-farmers": 0.6, "individual": 0.4},
    "other-register": {"employees": 0.4, "workers": 0.3, "collective-farmers": 0.3},
    "polish": {"collective-farmers": 0.6, "workers": 0.3, "employees": 0.1},
    "german": {"collective-farmers": 0.7, "workers": 0.2, "employees": 0.1},
    "harbin": {"workers": 0.6, "employees": 0.4},
    "baltic": {"collective-farmers": 0.6, "workers": 0.3, "employees": 0.1},
    "southern": {"collective-farmers": 0.6, "workers": 0.25, "individual": 0.15},
    "specialists": {"employees": 1.0},
    "students": {"employees": 1.0},
}
"""To which social group of the census the people of a stratum (with families) belonged; judgement."""

"""Archival series that nobody has counted yet, one row each: what to count, where such papers lie, how large a sample.

Each is read off the papers of simulated pasts with an archivist's error (`reading_room.py`), so that the same table of
numbers could be made from real files. What is said of holdings is recalled, not checked in a finding aid: it tells an
archivist where to begin to look, and much of it may be closed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from thirtyseven.inference import reading_room as read
from thirtyseven.inference.papers import Papers
from thirtyseven.inference.simulator import Floats

Reader = Callable[[Papers, np.random.Generator], Floats]


@dataclass(frozen=True)
class Series:
    """A series that an archivist could make.

    Attributes:
        id: slug.
        group: "a" to "h" for the series that the design named before any weighing; "" for the others.
        count: what to count, as an instruction.
        papers: where such papers lie, as far as recalled.
        sample: how many files, regions or months make it, and the error that is supposed.
        stands_for: where the model has only a part of it, what it has.
        of: reads it off the papers of a batch: (B, d), error included.
    """

    id: str
    group: str
    count: str
    papers: str
    sample: str
    of: Reader
    stands_for: str = ""

    @property
    def title(self) -> str:
        """Its name in two to four words."""
        return TITLES[self.id]


TITLES = {
    "requests": "Requests for raises", "chiefs": "Spells in office", "months": "Sentences by month",
    "lines": "National orders by region", "provenance": "What began a file", "unrest": "Signs of unrest",
    "threat": "Danger seen abroad", "refusals": "Requests refused", "region-totals": "Final totals by region",
    "frontier": "Frontier and interior", "categories": "First category by sitting", "excess": "Sentences against limits",
    "storming": "Sittings at a term's end", "list-regions": "Lists by region", "elite-onset": "When officials fell",
    "elite-naming": "Who named officials", "letters": "Letters of denunciation", "case-sizes": "Sizes of group cases",
    "convoys": "Albums and convoys", "releases": "Releases by month", "prisons": "People held in prison",
    "camp-troikas": "Sentences in camps", "party": "Expelled and taken back", "officers": "Officers by district",
    "service": "Arrests within the NKVD", "families": "Relatives by month", "groups": "Groups of the order",
    "before-1937": "Arrests before the order", "towns": "Town and country",
}  # fmt: skip
"""Short names of the series, for rows and sentences."""


_NO_SIGNATURE = "Who signed is not in the model: whether requests went with the removal of secretaries stands for it."
_FLOWS = "The share is the core's own flow of names and letters, not single files: which files are drawn is chance."

SERIES: tuple[Series, ...] = (
    Series("requests", "a", "Enter every request for a higher limit or a longer term: region, date, category, number asked, "
           "who signed, what was granted and when.",
           "the Politburo's special files (RGASPI, fond 17, opis 162 and 166), telegrams in the Presidential Archive (fond 3, "
           "opis 58) and copies in regional party archives", "all 64 units, 1937 apart from 1938, numbers off by a tenth",
           read.requests, _NO_SIGNATURE),
    Series("chiefs", "b", "Date the spells in office of every regional NKVD chief and first secretary, 1936-39.",
           "personnel orders of the NKVD (printed handbooks have most chiefs), the party's Orgburo (RGASPI, fond 17, opis 114) "
           "and regional party archives", "all 64 units, beside the quarterly sentences of each", read.spells),
    Series("months", "c", "Count sentences by month, category and sentencing body, 1937-38.",
           "statistical returns of the First Special Department (GARF, fond 9401; copies in the FSB's archive)",
           "the whole Union by quarter, four bodies, off by seven in a hundred", read.monthly_sentences),
    Series("lines", "d", "Count sentences under each national order by region.",
           "album protocols and summaries in the FSB's central archive; for Ukraine the SBU's archive in Kyiv, fonds 16 and 42",
           "five lines, the 30 regions where most of each nationality lived, off by 15 in a hundred", read.line_regions),
    Series("provenance", "e", "Draw files of the mass operation and note what brought each person on the list: a register, a "
           "name in a confession, or a letter.",
           "files on people since rehabilitated in regional state archives (for Moscow GARF, fond 10035; for Ukraine the "
           "regional archives)", "600 files", read.provenance, _FLOWS),
    Series("unrest", "f", "Code strikes, protests and refusals by region from papers that are not the police's.",
           "procuracy (GARF, fond 8131), trade unions (GARF, fond 5451), letters to newspapers and to Kalinin (GARF, fond 7523)",
           "all 64 units, a measure with half a standard deviation of error, beside quarterly arrests by region", read.unrest),
    Series("threat", "g", "Have coders who do not know the arrests grade the danger seen abroad by country and month.",
           "dispatches of the foreign commissariat (the foreign ministry's archive) and reports of military intelligence (RGVA)",
           "five lines, 23 months, beside monthly arrests of each line, off by a tenth", read.threat),
    Series("refusals", "h", "Enter every request that was refused, cut or left unanswered, with region and date.",
           "the Politburo's special files (RGASPI, fond 17, opis 162), answers of the NKVD's secretariat (FSB)",
           "all 64 units, 1937 apart from 1938", read.reversals),
    Series("region-totals", "", "Find each region's final number of people sentenced under Order 00447, by category.",
           "final reports of the troikas (FSB, and the regional offices of FSB and interior ministry)",
           "all 64 units, off by a tenth", read.totals),
    Series("frontier", "", "Count sentences by month in twelve frontier and twelve interior regions.",
           "minutes of regional troikas (regional offices of the FSB; for Ukraine the SBU)",
           "24 units by quarter, off by a tenth", read.frontier),
    Series("categories", "", "Note the share of the first category in every sitting of a troika.",
           "minutes of regional troikas (regional offices of the FSB; for Ukraine the SBU, for Georgia the interior "
           "ministry's archive)", "15 troikas by quarter", read.troika_category),
    Series("excess", "", "Set the people whom a troika sentenced beside the limit then in force.",
           "minutes of regional troikas beside telegrams on limits (RGASPI, fond 17, opis 162)",
           "40 units at the end of 1937 and at the end, off by five in a hundred", read.excess),
    Series("storming", "", "Date the sittings of troikas about the ends of the term, week by week.",
           "minutes of regional troikas", "the whole Union by week about January and March 1938", read.storming),
    Series("list-regions", "", "Sort the names on the signed lists by region and month.",
           "the lists (Presidential Archive, fond 3, opis 24), printed in full by Memorial",
           "all names, every unit", read.list_regions),
    Series("elite-onset", "", "Date the arrests of officials of each region's party, soviet and economic offices.",
           "personal files of the party's leading cadres (RGASPI, fond 17, opis 100) and regional party archives",
           "the month by which a quarter had been arrested, all 64 units, off by half a month", read.elite_onset),
    Series("elite-naming", "", "Draw files of arrested office-holders and note whose confession names each before the arrest.",
           "investigation files in the FSB's archive, opened to relatives; rehabilitation files of the procuracy",
           "300 files", read.elite_provenance, _FLOWS),
    Series("letters", "", "Draw files of people tried by ordinary courts and the Special Board and note whether a letter of "
           "denunciation begins the file.", "regional state archives; Special Board (FSB, fond 1; GARF)",
           "100 files a quarter, 1937-38", read.letter_sample, _FLOWS),
    Series("case-sizes", "", "Count the people joined in each group case.",
           "indictments of group cases in investigation files (regional state archives, SBU)",
           "200 cases of office-holders and 200 of the mass operation", read.case_sample,
           "Cases grow name by name at the rate at which the core acts on names."),
    Series("convoys", "", "Date the albums sent to Moscow and their return, by nationality.",
           "covering letters and convoys of the albums (FSB's central archive, SBU)",
           "Polish, German and Harbin lines by quarter, arrests beside sentences, off by a tenth", read.convoys),
    Series("releases", "", "Count people set free without a sentence, by month.",
           "prison department and procurators' orders of release (GARF, fonds 9401, 9413 and 8131)",
           "the whole Union by quarter, 1937-39, off by a tenth", read.releases),
    Series("prisons", "", "Count people held in prisons before sentence, by month and region.",
           "daily returns of the prison department (GARF, fond 9413)",
           "the whole Union by quarter, and all 64 units in spring 1938, off by 5 and 15 in a hundred", read.prisons),
    Series("camp-troikas", "", "Count prisoners sentenced in the camps by troikas, by category and month.",
           "camp troikas' minutes (FSB) and the Gulag's movement returns (GARF, fond 9414)",
           "all camps by quarter, off by a tenth", read.camps,
           "Deaths of hunger and illness are not in the model; people sentenced in camps are."),
    Series("party", "", "Count expulsions from the party and reinstatements by region and half-year.",
           "Party Control Commission (RGANI, fond 6) and party statistics (RGASPI, fond 17, opis 7)",
           "all 64 units, 1935-39, off by a tenth", read.party),
    Series("officers", "", "Count officers discharged, arrested and taken back by district and quarter.",
           "command staff directorate (RGVA, fond 37837)", "1937-39, off by a tenth", read.officers,
           "Ranks are the same under every mechanism of the model, so districts and dates stand alone."),
    Series("service", "", "Count arrests of the NKVD's own staff by region and month.",
           "personnel department of the NKVD (FSB); printed handbooks and Memorial's list of its staff",
           "all 64 units, by quarter in the whole Union", read.service),
    Series("families", "", "Count wives and relatives arrested under Order 00486, by month.",
           "reports on Order 00486 (FSB); card indexes of the camps for wives (GARF, fond 9414; Karaganda)",
           "the whole Union by quarter, off by 15 in a hundred", read.families),
    Series("groups", "", "Sort the people of the mass operation as the order did: former \"kulaks\", \"criminals\", others.",
           "operational summaries of the NKVD on Order 00447 (FSB), minutes of troikas",
           "the whole Union, off by five in a hundred", read.groups),
    Series("before-1937", "", "Count arrests by month and ground of arrest, 1935 to June 1937.",
           "statistical returns of the NKVD (GARF, fond 9401), regional procurators (GARF, fond 8131)",
           "the whole Union by quarter, off by a tenth", read.earlier),
    Series("towns", "", "Compare arrests outside the mass operations in town and country.",
           "regional state archives; card indexes of the interior ministry's information centres",
           "all 64 units, three kinds of case, off by a tenth", read.towns),
)  # fmt: skip


def control(p: Papers, rng: np.random.Generator) -> Floats:
    """A series that says nothing, ten columns of chance: what it seems to be worth is the error of the method."""
    return rng.standard_normal((p.end.runs, 10))


CONTROLS = tuple(f"control-{i}" for i in range(1, 9))
"""Names of the series that say nothing."""

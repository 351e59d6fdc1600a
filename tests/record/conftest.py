"""A small sound record in a temporary folder, for tests that break it on purpose."""

import shutil
from pathlib import Path

import pytest

from thirtyseven.record.load import DATA

SOURCE = """[
 {"id": "alpha-1937", "type": "book", "title": "Alpha", "issued": {"date-parts": [[1937]]},
  "author": [{"family": "Alpha", "given": "A."}],
  "custom": {"kind": "history", "good_for": "numbers", "not_for": "dates", "archive": "", "lineage": "",
             "seen": "seen"}},
 {"id": "beta-1938", "type": "report", "title": "Beta", "issued": {"date-parts": [[1938]]},
  "custom": {"kind": "statistical report", "good_for": "numbers", "not_for": "dates", "archive": "",
             "lineage": "alpha-1937", "seen": "recalled"}}
]
"""
REGIONS = """slug,name,label,col,row,group,status,republic,population_1937,urban_share,border_states,successor,note
first-oblast,First oblast,FIR,1,1,centre,oblast,RSFSR,1000,0.3,,,
nkvd-camps,NKVD camps,CAMP,2,1,camps,camps,,,,,,
"""
FIGURE_HEAD = (
    "id,quantity,item,value,low,high,text,unit,counted,population,denominator,territory,period,status,seen,"
    "confidence,source,place,reason,rival,preferred,deprecated,origin,note\n"
)
FIGURES = FIGURE_HEAD + (
    "F-0001,limit-cat1,First category,10,,,,persons,limit,,,ussr,1937,recorded,seen,high,alpha-1937,p. 1,,,,,,\n"
    "F-0002,limit-cat2,Second category,20,,,,persons,limit,,,ussr,1937,recorded,recalled,high,beta-1938,,,,,,,\n"
    "F-0003,limit-total,Both,30,,,,persons,limit,,,first-oblast,1937-07-30,recorded,recalled,high,alpha-1937,,,,,,,\n"
    "F-0004,losses,Losses,5,,,,persons,died,,,ussr,1937,recorded,seen,high,alpha-1937,,,losses,yes,,,\n"
    "F-0005,losses,Losses,,6,7,,persons,died,,,ussr,1937,estimated,recalled,low,beta-1938,,,losses,no,,,\n"
)
EVENTS = """id,date,precision,alternatives,title,actors,kind,institutions,lane,source,place,seen,confidence,note
E-0001,1937-07-30,day,,The order is signed,Alpha,order,,orders,alpha-1937,,seen,high,
"""
ACTORS = """id,name,russian,spellings,kind,role,born,died,fate,fate_date,source,seen,note
A-alpha,Alpha,,,person,official,1890,1938,,,alpha-1937,seen,
"""
OFFICES = """id,actor,office,institution,territory,from,to,end,source,seen,confidence,note
O-0001,A-alpha,NKVD chief,NKVD,first-oblast,1936-10,1937-12,arrested,alpha-1937,seen,high,
"""
INVENTORY = """id,kind,statement,model_element,pointer,same_as
S1,claim,A statement,,L1,
"""
COVERAGE = """item,pointer,says,owed_by
S1,F-0001,gives the number,
"""
RESPONSIBILITY = """id,actor,office_group,kind,document,date,source,seen,note,items
L-0001,A-alpha,nkvd,signing,The order,1937-07-30,alpha-1937,seen,,S1
"""
CLAIMS = """family = "limits"
title = "Limits"
question = "How many?"

[[claim]]
id = "C-0001"
text = "The limits were 30."
variants = ["thirty"]
figures = ["F-0003"]
verdict = "well supported"
reason = "The order says so."
best = "The limits added up to 30."
items = ["S1"]
"""
EXPLANATION = """slug = "plan"
title = "A plan"
gloss = "It was planned."
historians = ["Alpha"]
argument = "Because."
predicts = "This."
cannot = "That."

[[supporting]]
claim = "C-0001"
text = "For it."

[[countering]]
claim = "C-0001"
text = "Against it."
"""
SERIES_TOML = """title = "Limits"
description = "Limits by unit"
sources = ["alpha-1937"]
unit = "persons"
coverage = "two units"
known_faults = ["none known"]
status = "recorded"
seen = "seen"
licence = "ours"
key = ["region"]

[[sums]]
column = "cat1"
total = 10
says = "first category adds up to 10"

[[sums]]
parts = ["cat1", "cat2"]
whole = "total"

[columns.region]
type = "region"
unit = ""
meaning = "unit"
[columns.cat1]
type = "int"
unit = "persons"
meaning = "first"
counted = "limit"
[columns.cat2]
type = "int"
unit = "persons"
meaning = "second"
[columns.total]
type = "int"
unit = "persons"
meaning = "both"
"""
SERIES_CSV = """region,cat1,cat2,total
first-oblast,4,20,24
nkvd-camps,6,0,6
"""
SUMS = """[[sum]]
says = "the two limits"
parts = ["F-0001", "F-0002"]
whole = "F-0003"
"""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A folder with a small record in which nothing is wrong."""
    shutil.copy(DATA / "vocabulary.toml", tmp_path / "vocabulary.toml")
    for folder in ("series", "claims", "explanations"):
        (tmp_path / folder).mkdir()
    texts = {
        "sources.json": SOURCE,
        "regions.csv": REGIONS,
        "figures.csv": FIGURES,
        "events.csv": EVENTS,
        "actors.csv": ACTORS,
        "offices.csv": OFFICES,
        "inventory.csv": INVENTORY,
        "coverage.csv": COVERAGE,
        "responsibility.csv": RESPONSIBILITY,
        "claims/limits.toml": CLAIMS,
        "explanations/plan.toml": EXPLANATION,
        "series/limits.toml": SERIES_TOML,
        "series/limits.csv": SERIES_CSV,
        "sums.toml": SUMS,
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path

"""`thirtyseven record` as its reader meets it."""

import json

import pytest
import typer
from typer.testing import CliRunner

from thirtyseven.cli import record as command
from thirtyseven.record import load


@pytest.fixture(scope="module")
def app():
    made = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    made.command("other", hidden=True)(lambda: None)
    command.register(made)
    return made


@pytest.fixture
def run(app):
    return lambda *words: CliRunner().invoke(app, ["record", *words])


def test_without_a_word_it_says_what_the_record_holds(run):
    result = run()
    assert result.exit_code == 0
    assert "figures" in result.output
    assert "recalled" in result.output


def test_a_word(run):
    result = run("Kirov")
    assert result.exit_code == 0
    assert "F-0105" in result.output


def test_several_words_and_their_case(run):
    assert run("VOTES", "kirov").output == run("votes Kirov").output
    assert "F-0105" in run("votes", "kirov").output


@pytest.mark.parametrize("form", ["F-0107", "f-0107"])
def test_an_id_opens_the_whole_figure_with_its_rivals(run, form):
    result = run(form)
    assert result.exit_code == 0
    for words in ("value", "counts", "source", "status", "Rivals, side by side", "preferred", "[rival]", "not for"):
        assert words in result.output
    assert "after " in result.output or "seen" in result.output


@pytest.mark.parametrize(
    "table",
    [
        "figures",
        "events",
        "actors",
        "offices",
        "claims",
        "explanations",
        "responsibility",
        "regions",
        "inventory",
        "sources",
        "series",
        "families",
    ],
)
def test_something_of_every_kind_opens(run, table):
    from thirtyseven.cli.record_view import pointer_of

    things = list(getattr(load(), table).values())
    if not things:
        pytest.skip(f"the record holds no {table} yet")
    for thing in (things[0], things[-1]):
        pointer = pointer_of(thing)
        plain, data = run(pointer), run(pointer, "--json")
        assert plain.exit_code == data.exit_code == 0, plain.output
        assert plain.output.startswith(pointer)
        assert json.loads(data.output)["pointer"] == pointer


def test_json_of_a_search_is_a_list(run):
    found = json.loads(run("--json", "stalin", "lists").output)
    assert found
    assert {"id", "kind", "title"} <= set(found[0])


def test_nothing_found_says_so_and_offers_a_word(run):
    result = run("Kirof")
    assert result.exit_code == 1
    assert "Nothing in the record matches 'Kirof'" in result.output
    assert "kirov" in result.output


def test_nothing_found_in_json_is_an_empty_list(app):
    result = CliRunner().invoke(app, ["record", "--json", "qqqzzz"])
    assert result.exit_code == 1
    assert json.loads(result.stdout) == []


def test_the_name_of_a_command_can_be_searched(run):
    assert run("find", "export").exit_code in (0, 1)


def test_a_long_search_is_cut_and_says_how_to_go_on(run):
    short, full = run("1937"), run("1937", "--all")
    assert "--all" in short.output
    assert len(full.output) > len(short.output)


def test_check_of_a_sound_folder(run, small):
    result = run("check", str(small))
    assert result.exit_code == 0
    assert "sound" in result.output


def test_check_lists_the_faults_and_exits_with_two(run, small):
    text = (small / "figures.csv").read_text().replace("Both,30", "Both,31")
    (small / "figures.csv").write_text(text)
    result = run("check", str(small))
    assert result.exit_code == 2
    assert "figures.csv:4:" in result.output
    faults = json.loads(run("check", str(small), "--json").output)
    assert faults[0]["file"] == "figures.csv"
    assert faults[0]["line"] == 4


def test_check_of_no_folder(run, tmp_path):
    result = run("check", str(tmp_path / "nowhere"))
    assert result.exit_code == 2
    assert "no such folder" in result.output
    assert "Traceback" not in result.output


def test_coverage_counts_every_item(run):
    result = run("coverage", "--json")
    table = json.loads(result.output)
    assert table["total"] == len(load().inventory)
    assert table["broken"] == []
    assert table["covered"] + len(table["uncovered"]) == table["total"]
    assert set(table["items"]) == set(load().inventory)


def test_export_writes_the_package(run, tmp_path):
    result = run("export", "--out", str(tmp_path / "package"))
    assert result.exit_code == 0
    assert (tmp_path / "package" / "datapackage.json").is_file()


def test_help_is_plain(run):
    result = run("--help")
    assert result.exit_code == 0
    for word in ("check", "coverage", "export", "Examples"):
        assert word in result.output


def test_pointer_out_of_the_record_says_where_it_leads(run):
    outside = next((row.pointer for row in load().coverage if row.pointer.startswith("mechanism:")), None)
    if outside is None:
        pytest.skip("no coverage row points to a mechanism yet")
    result = run(outside)
    assert result.exit_code == 0
    assert "mechanism of the model" in result.output
    assert outside in result.output


@pytest.mark.parametrize(
    ("words", "says"),
    [("", "Say what to look for"), ("F-9999", "has the id 'F-9999'"), ("((((", "Nothing in the record")],
)
def test_strange_queries_get_a_sentence(run, words, says):
    result = run(words)
    assert result.exit_code == 1
    assert says in result.output
    assert "Traceback" not in result.output

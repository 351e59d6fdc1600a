"""Every command and option says what it does, in its help and in the README."""

import pytest
import typer

from house import ROOT
from thirtyseven.cli.app import COMMANDS, build

TREE = typer.main.get_command(build())


def walk(command, path=()):
    yield path, command
    if hasattr(command, "commands"):
        for name, inner in command.commands.items():
            yield from walk(inner, (*path, name))


EVERY = [(path, command) for path, command in walk(TREE) if path]


def test_there_are_commands():
    assert set(COMMANDS) >= {"weigh", "run", "explanations", "record"}
    assert {path[0] for path, _ in EVERY} == set(COMMANDS)


@pytest.mark.parametrize(("path", "command"), EVERY, ids=[" ".join(path) for path, _ in EVERY])
def test_command_has_a_sentence_and_every_option_too(path, command):
    assert command.help and len(command.help.split()) >= 5
    silent = [p.name for p in command.params if p.name != "help" and not getattr(p, "help", None)]
    assert silent == []


@pytest.mark.parametrize("path", [path for path, command in EVERY if not command.hidden], ids=" ".join)
def test_command_stands_in_the_readme(path):
    assert f"thirtyseven {' '.join(path)}" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["weigh", "run"])
def test_long_commands_can_be_quiet_verbose_and_speak_json(name):
    options = {opt for p in TREE.commands[name].params for opt in p.opts}
    assert {"--quiet", "--verbose", "--json", "--seed", "--out"} <= options

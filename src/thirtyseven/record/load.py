"""Loading the record: read everything, report everything that is wrong, or return one frozen object."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from thirtyseven.record import arguments, bibliography, check, model, search, series
from thirtyseven.record.cells import Words
from thirtyseven.record.faults import Fault, RecordError
from thirtyseven.record.reading import Folder, read_toml
from thirtyseven.record.tables import Draft, read_table

DATA = Path(__file__).parent / "data"
"""The packaged record."""

_TABLES = ("figures", "events", "actors", "offices", "responsibility", "inventory", "coverage")
_NEEDED = ("vocabulary.toml", "sources.json", "regions.csv", "figures.csv", "events.csv")


@dataclass(frozen=True)
class Record:
    """The whole record: mappings from id to frozen objects.

    Attributes:
        folder: where it was read.
        digest: 16 hexadecimal digits over all its data files.
        region_slugs: the 65 units in the order of Order 00447's table, the camps last.
        coverage: where the program speaks to each inventory item.
        vocabularies: allowed words, each with its sentence.
        territories: larger units, successors and places beside the regions, each with a sentence.
        faults: what was left out; empty unless loaded with `strict=False`.
    """

    folder: Path
    digest: str
    region_slugs: tuple[str, ...]
    sources: Mapping[str, model.Source]
    figures: Mapping[str, model.Figure]
    series: Mapping[str, model.Series]
    events: Mapping[str, model.Event]
    actors: Mapping[str, model.Actor]
    offices: Mapping[str, model.Office]
    claims: Mapping[str, model.Claim]
    families: Mapping[str, model.Family]
    explanations: Mapping[str, model.Explanation]
    responsibility: Mapping[str, model.Responsibility]
    regions: Mapping[str, model.Region]
    inventory: Mapping[str, model.Item]
    coverage: tuple[model.Coverage, ...]
    vocabularies: Mapping[str, Mapping[str, str]]
    territories: Mapping[str, str]
    faults: tuple[Fault, ...] = ()
    _tables: Mapping[str, Mapping[str, Any]] = field(default_factory=dict, repr=False)

    def get(self, pointer: str) -> Any:
        """Return the object behind an id or a pointer.

        Args:
            pointer: `F-0001`, `C-0001`, `E-0001`, `A-yezhov`, `O-0001`, `L-0001`, `X-plan`, `S1`,
                `series:stalin-lists`, `region:` or `source:` with a slug, `family:` with a name; or the bare
                slug of a region, series, source or explanation.

        Raises:
            KeyError: where nothing has that id; the message says what forms there are.
        """
        kind, name = check.target_of(pointer.strip())
        home = check.home_of(kind)
        if home and name in self._tables.get(home, {}):
            return self._tables[home][name]
        if not kind:
            for table in ("regions", "series", "explanations", "sources", "families"):
                if name in self._tables.get(table, {}):
                    return self._tables[table][name]
        raise KeyError(
            f"nothing in the record has the id '{pointer}'; ids look like F-0001, C-0001, E-0001, A-yezhov, "
            "X-plan, S1 or series:stalin-lists"
        )

    def find(self, query: str) -> list[Any]:
        """Return everything in which all words of the query occur, names in any spelling, best first."""
        return search.rank(self._index, query, self._names)

    def rivals(self, figure: model.Figure) -> list[model.Figure]:
        """Return the figures that compete with one, the preferred first, itself included."""
        if not figure.rival:
            return [figure]
        group = [one for one in self.figures.values() if one.rival == figure.rival]
        return sorted(group, key=lambda one: (not one.preferred, bool(one.deprecated), one.id))

    @functools.cached_property
    def _names(self) -> dict[str, tuple[str, ...]]:
        return search.aliases(self.actors.values())

    @functools.cached_property
    def _index(self) -> list[tuple[str, Any, str, str]]:
        return search.index(self._tables)


def load(folder: Path | str | None = None, *, strict: bool = True) -> Record:
    """Read and check a record.

    Args:
        folder: the folder to read; the packaged record where None.
        strict: raise where anything is wrong; with False what is sound is returned, `faults` lists the rest.

    Returns:
        The record.

    Raises:
        RecordError: with every fault as file:line:column, where anything is wrong.
    """
    return _packaged(strict) if folder is None else _read(Path(folder), strict)


@functools.lru_cache(maxsize=2)
def _packaged(strict: bool) -> Record:
    """The packaged record, read once per process."""
    return _read(DATA, strict)


def _read(root: Path, strict: bool) -> Record:
    """Read a folder from disk."""
    if not root.is_dir():
        raise RecordError(
            [
                Fault(
                    str(root),
                    1,
                    1,
                    "there is no such folder; name the folder that holds vocabulary.toml and figures.csv",
                )
            ]
        )
    folder = Folder(root)
    draft = Draft(folder, Words({}, {}))
    missing = [name for name in _NEEDED if not (root / name).is_file()]
    for name in missing:
        folder.fault(name, 1, 1, "the file is missing; a record folder needs " + ", ".join(_NEEDED) + " and series/")
    _read_all(draft, root, missing)
    _check_all(draft, root)
    if folder.faults and strict:
        raise RecordError(folder.faults)
    return _made(draft, root)


def _names(root: Path, pattern: str) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in root.glob(pattern) if path.is_file())


def _read_all(draft: Draft, root: Path, missing: list[str]) -> None:
    """Read every file in the order in which they lean on each other."""
    if "vocabulary.toml" not in missing:
        _read_vocabulary(draft)
    if "regions.csv" not in missing:
        read_table(draft, "regions", "regions.csv")
        draft.words.regions = tuple(draft.objects.get("regions", {}))
    for name in _names(root, "sources*.json"):
        bibliography.read_sources(draft, name)
    for table in _TABLES:
        for name in _names(root, f"{table}*.csv"):
            read_table(draft, table, name)
    stems = {Path(name).stem for name in _names(root, "series/*.*") if name.endswith((".csv", ".toml"))}
    for name in sorted(stems):
        series.read_series(draft, name)
    for name in _names(root, "claims/*.toml"):
        arguments.read_family(draft, name)
    for name in _names(root, "explanations/*.toml"):
        arguments.read_explanation(draft, name)


def _read_vocabulary(draft: Draft) -> None:
    """Read the allowed words."""
    document = read_toml(draft.folder, "vocabulary.toml")
    if document is None:
        return
    tables = {}
    for name, words in document.data.items():
        if not isinstance(words, dict) or not all(isinstance(one, str) for one in words.values()):
            draft.folder.fault(
                document.name,
                *document.place(name),
                f"the vocabulary '{name}' must give each word a sentence",
            )
            continue
        tables[name] = MappingProxyType(dict(words))
    draft.words = Words(MappingProxyType(tables), tables.get("territories", MappingProxyType({})))


def _check_all(draft: Draft, root: Path) -> None:
    """Check what can be checked only when everything has been read."""
    check.check_links(draft)
    check.check_figures(draft)
    check.check_events(draft)
    check.check_spells(draft)
    check.check_lives(draft)
    check.check_grid(draft)
    if (root / "sums.toml").is_file():
        check.check_sums(draft, "sums.toml")


def _made(draft: Draft, root: Path) -> Record:
    """Freeze what was read."""
    digest = hashlib.sha256()
    for name in sorted(draft.folder.contents):
        digest.update(name.encode())
        digest.update(b"\0")
        digest.update(hashlib.sha256(draft.folder.contents[name]).digest())
    tables = {
        name: MappingProxyType(draft.objects.get(name, {}))
        for name in (
            "sources",
            "figures",
            "series",
            "events",
            "actors",
            "offices",
            "claims",
            "families",
            "explanations",
            "responsibility",
            "regions",
            "inventory",
        )
    }
    return Record(
        folder=root,
        digest=digest.hexdigest()[:16],
        region_slugs=draft.words.regions,
        coverage=tuple(draft.coverage),
        vocabularies=draft.words.vocabularies,
        territories=draft.words.territories,
        faults=tuple(sorted(draft.folder.faults)),
        _tables=MappingProxyType(tables),
        **tables,
    )

"""How the main job scales: runs a second and efficiency by workers, on one machine and on a cluster; writes docs/scale.md.

    python benchmarks/scale.py                      # speeds, efficiency, what the budgets cost in runs
    python benchmarks/scale.py --bank out/weigh     # and what their fits cost, from the bank of a finished weighing
    python benchmarks/scale.py --busy               # process times alone, on a machine that does other work

Everything is measured here and now. Run it on a machine that does nothing else: the page says how busy it was.
"""

import argparse
import contextlib
import os
import platform
import tempfile
import time
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

import thirtyseven
from thirtyseven.inference.bank import BLOCK, Bank, Block
from thirtyseven.inference.basis import basis_of
from thirtyseven.inference.budget import BUDGETS, Budget
from thirtyseven.inference.classify import Question, train
from thirtyseven.inference.finished import open_weighing
from thirtyseven.inference.institutions import Institutions, code_digest
from thirtyseven.inference.posterior import Runs, ask, explore
from thirtyseven.inference.predict import FRESH
from thirtyseven.inference.simulator import COMPOSITE, WITHOUT_PLAN, StatisticInfo, outside_kinds, single_kinds
from thirtyseven.inference.truths import pools
from thirtyseven.inference.waves import Region
from thirtyseven.record import load

PAGE = Path(__file__).parent.parent / "docs" / "scale.md"
SIZE, BLOCKS = BLOCK, 16
"""Runs in a block and blocks of the efficiency test."""
MANY = 100


class Nothing:
    """A simulator that does nothing: what is left is what handing out and banking a block costs."""

    kinds = ("plan/strict",)
    prior_inclusion = 0.35
    statistics = tuple(StatisticInfo(f"s{i}", "mass", "toy", 0.1) for i in range(40))
    digest = "0" * 32

    def names(self, kind):
        """One coordinate."""
        return ("x",)

    def included(self, kind, u):
        """Nothing."""
        raise NotImplementedError

    def run(self, kind, u, seeds):
        """Zeros."""
        return np.zeros((len(u), len(self.statistics)))


def blocks_of(simulator, kind, count, size, seed=1):
    """Blocks of prior draws."""
    rng = np.random.default_rng(seed)
    p = len(simulator.names(kind))
    return [
        Block(kind, "scale", rng.random((size, p)), rng.integers(2**63, size=size, dtype=np.uint64)) for _ in range(count)
    ]


def per_run(institutions, runs=BLOCK):
    """Process milliseconds of a run in a batch, by kind."""
    found = {}
    for kind in (COMPOSITE, WITHOUT_PLAN, *single_kinds(institutions), *outside_kinds(institutions)):
        block = blocks_of(institutions, kind, 1, runs)[0]
        institutions.run(kind, block.u[:2], block.seeds[:2])
        begun = time.process_time()
        institutions.run(kind, block.u, block.seeds)
        found[kind] = 1000 * (time.process_time() - begun) / runs
    return found


@contextlib.contextmanager
def cluster_of(workers):
    """A local Dask cluster, one thread a worker; yields its address."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None, silence_logs=50) as local:
        yield local.scheduler_address


def filled(simulator, blocks, workers, address=""):
    """Seconds to fill a fresh bank."""
    with tempfile.TemporaryDirectory() as folder:
        bank = Bank(Path(folder) / "bank", simulator, address)
        begun = time.perf_counter()
        bank.run(blocks, "scale", workers)
        return time.perf_counter() - begun, bank.digest()


def efficiency(institutions, counts=(1, 2, 4)):
    """Rows (how, workers, runs a second, efficiency); every bank must have the same digest."""
    rows, digests = [], set()
    blocks = blocks_of(institutions, COMPOSITE, BLOCKS, SIZE)
    for how in ("joblib", "cluster"):
        for workers in counts:
            with cluster_of(workers) if how == "cluster" else contextlib.nullcontext("") as address:
                filled(institutions, blocks_of(institutions, COMPOSITE, workers * 2, 2, seed=workers), workers, address)
                seconds, digest = filled(institutions, blocks, workers, address)
            digests.add(digest)
            rate = SIZE * BLOCKS / seconds
            rows.append((how, workers, rate))
    if len(digests) != 1:
        raise SystemExit("The banks differ between numbers of workers; this must not happen.")
    alone = rows[0][2]
    return [(how, workers, rate, rate / (alone * workers)) for how, workers, rate in rows]


def handling(blocks=400, workers=2):
    """Process milliseconds that this machine spends on a block that somebody else makes."""
    simulator = Nothing()
    with cluster_of(workers) as address:
        filled(simulator, blocks_of(simulator, "plan/strict", 20, BLOCK), workers, address)
        begun = time.process_time()  # of this process: client, scheduler and bank
        filled(simulator, blocks_of(simulator, "plan/strict", blocks, BLOCK, seed=2), workers, address)
        return 1000 * (time.process_time() - begun) / blocks


def runs_of(budget: Budget, kinds):
    """Runs of each kind, fresh seeds included."""
    found = {}
    for kind in kinds:
        found[kind] = sum(budget.runs(kind, wave) for wave in range(budget.waves))
        if not kind.startswith("outside/"):
            found[kind] += budget.draws * budget.fresh
        if kind in (COMPOSITE, WITHOUT_PLAN):
            found[kind] += budget.candidates * FRESH
    return found


def fit_units(folder):
    """Process seconds of the fits' units, on the runs of a finished weighing.

    Returns:
        network: a row of the composite in one pass of a network; naming: a row of a single explanation; emulator and
        quick_emulator: a run with and without a network; move and quick_move: one move of one particle, all powers,
        in a composite and in a single explanation.
    """
    institutions, finished = Institutions.from_record(load()), open_weighing(folder)
    known = np.isfinite(finished.observed)
    sd = np.array([s.sd for s in institutions.statistics])[known]
    mixed, single = pools(finished, institutions, [COMPOSITE, "agencies/charitable"])
    units = {}
    flat = institutions.included(COMPOSITE, mixed.u).reshape(len(mixed.u), -1)
    heads = (flat.mean(axis=0) > 0.02) & (flat.mean(axis=0) < 0.98)
    for name, labels in (("network", flat[:, heads]), ("naming", np.arange(len(flat)) % 16)):
        question = Question(mixed.x[:, known], sd, labels)
        times = [_spent(lambda e=e, q=question: train("scale", q, 5, 0, e, 1)) for e in (1, 4)]
        units[name] = (times[1] - times[0]) / 3 / (0.7 * len(flat))
    for pool, network, names in ((mixed, True, ("emulator", "move")), (single, False, ("quick_emulator", "quick_move"))):
        runs = Runs(
            pool.kind, basis_of(institutions, pool.kind), pool.u, pool.x[:, known], len(pool.u),
            Region((), (), finished.observed[known], 1.0), np.ones(len(pool.u), bool), np.ones(len(pool.u), bool), np.inf,
            np.arange(len(pool.u)) % 10 == 9,
        )  # fmt: skip
        columns, observed, made = np.arange(int(known.sum())), finished.observed[known], []
        both = _spent(lambda r=runs, c=columns, o=observed, n=network, m=made: m.append(explore(r, sd, o, c, 0, 1, n, 300, 4)))
        moves = _spent(lambda r=runs, o=observed, m=made: ask(r, m[0], o[None], 1, 0, 300, 4))
        units[names[0]], units[names[1]] = max(both - moves, 0.0) / len(pool.u), moves / (300 * 4)
    return units


def _spent(work):
    begun = time.process_time()
    work()
    return time.process_time() - begun


def fits_of(budget: Budget, units, kinds):
    """Process seconds of a budget's fits, by stage."""
    runs = runs_of(budget, kinds)
    singles = [k for k in kinds if "/" in k and not k.startswith("outside/")]
    mixed = [k for k in kinds if k in (COMPOSITE, WITHOUT_PLAN)]
    members = budget.members + budget.members // 2 + 1
    rows = sum(runs[k] for k in mixed)
    network = units["network"] * budget.epochs * (rows * members + runs[COMPOSITE] * 3)
    network += units["naming"] * budget.epochs * budget.members * sum(runs[k] for k in singles)
    emulator = units["emulator"] * (rows * budget.repeats + runs[COMPOSITE])
    each = units["emulator"] if budget.networks else units["quick_emulator"]
    emulator += each * budget.repeats * sum(runs[k] for k in singles)
    moves = units["move"] * 4 * budget.particles * budget.sweeps * (budget.repeats * len(mixed) + 1)
    single = max(units["quick_move"], units["move"] / 4) if budget.networks else units["quick_move"]
    moves += single * budget.particles * budget.sweeps * budget.repeats * len(singles)
    truths = units["move"] * budget.particles * budget.sweeps * budget.truths
    return {"networks": network, "emulators": emulator, "samplers": moves, "known truths": truths}


def table(head, rows):
    """A table in Markdown."""
    return "\n".join(["| " + " | ".join(head) + " |", "|" + "---|" * len(head), *("| " + " | ".join(r) + " |" for r in rows)])


def page(speeds, scaled, hand, units, kinds):
    """The page as text."""
    load1 = os.getloadavg()[0]
    lines = [
        "# How it scales", "",
        f"Written by `python benchmarks/scale.py`: thirtyseven {thirtyseven.__version__}, code `{code_digest()}`; Python "
        f"{platform.python_version()}, {platform.system()} on {platform.machine()}, {os.cpu_count()} cores, load {load1:.1f} "
        "(the test's own workers among it). A load", "well above the number of workers means that other programs ran: rates on "
        "the wall are then too low, process times less so.", "",
        "## A run", "",
        table(("kind", "process ms a run, in a batch"), [(k, f"{v:.1f}") for k, v in speeds.items()]), "",
        "## Workers", "",
        *_workers(scaled), "",
        f"A block that a cluster makes costs this machine {hand:.1f} ms of process time: scheduling, receiving, writing its "
        f"shard ({BLOCK} runs", "that take no time, two workers).", "",
        "## Budgets", "",
    ]  # fmt: skip
    rows = [_row(budget, speeds, hand, units, kinds) for budget in BUDGETS.values()]
    head = ("budget", "runs", "of runs, CPU min", "of fits, CPU min", "two cores, min", f"runs on {MANY} cores, min")
    lines += [table(head, rows), ""]
    lines += [
        f"The last column is the runs' process time over {MANY} cores, nine tenths of it used, plus the blocks' "
        "handling, which one",
        f"machine does one after the other. At these speeds one machine can keep some "
        f"{BLOCK * np.mean(list(speeds.values())) / hand:,.0f} cores at work. The fits are made where the", "command runs, "
        "with `--workers`, and set the pace from there on.", "", USE,
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def _workers(scaled):
    """The efficiency test, or why there is none."""
    if not scaled:
        return ["Not measured: the machine did other work (`--busy`). Run the script again on one that does nothing else."]
    return [
        f"{BLOCKS} blocks of {SIZE} runs of the composite into an empty bank, workers started before; the same bank digest "
        "every time. Efficiency is",
        "against one joblib worker; beyond the number of cores it can only fall.", "",
        table(("how", "workers", "runs a second", "efficiency"),
              [(h, str(w), f"{r:.1f}", f"{100 * e:.0f}%") for h, w, r, e in scaled]),
    ]  # fmt: skip


def _row(budget, speeds, hand, units, kinds):
    runs = runs_of(budget, kinds)
    seconds = sum(n * speeds[k] for k, n in runs.items()) / 1000
    fits = sum(fits_of(budget, units, kinds).values()) if units else float("nan")
    total = sum(runs.values())
    many = seconds / MANY / 0.9 + total / BLOCK * hand / 1000
    both = "not measured" if not units else f"{fits / 60:.0f}"
    wall = "not measured" if not units else f"{(seconds + fits) / 2 / 60:.0f}"
    return budget.name, f"{total:,}", f"{seconds / 60:.0f}", both, wall, f"{many / 60:.1f}"


USE = """## Many machines

    pip install 'thirtyseven[cluster]'                        # on every machine, the same version
    dask scheduler                                            # on one; it prints its address
    dask worker tcp://10.0.0.1:8786 --nthreads 1 --nworkers auto   # on each
    thirtyseven weigh --cluster tcp://10.0.0.1:8786           # where the result is wanted

Workers compute and need no common disk; the command banks every block once, as it arrives. A worker with other code or
another record is refused by name. One that dies costs what it had begun: its blocks are made again elsewhere, with the
same seeds and so the same numbers (`tests/inference/test_cluster.py` kills one in the middle: nothing lost, nothing
twice, the same bank digest as in one process). The scheduler believes whoever reaches it: keep it in a network of your own.

## Another opinion

    pip install 'thirtyseven[neural]'                         # Python 3.12 or 3.13, some 900 MB
    thirtyseven crosscheck                                    # BayesFlow's networks on the bank's runs

BayesFlow 2.1 asks for newer versions of NumPy and SciPy than `constraints.txt` pins: install this extra without `-c`."""


def main():
    """Measure and write the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bank", help="folder of a finished weighing, for the cost of the fits")
    parser.add_argument("--busy", action="store_true", help="leave out what only an idle machine can tell")
    asked = parser.parse_args()
    institutions = Institutions.from_record(load())
    kinds = (COMPOSITE, WITHOUT_PLAN, *single_kinds(institutions), *outside_kinds(institutions))
    with threadpool_limits(limits=1):
        speeds = per_run(institutions)
        units = fit_units(asked.bank) if asked.bank else {}
    if units:
        print({k: f"{v:.2e}" for k, v in units.items()})
        for name, budget in BUDGETS.items():
            print(name, {k: round(v) for k, v in fits_of(budget, units, kinds).items()})
    scaled = [] if asked.busy else efficiency(institutions)
    text = page(speeds, scaled, handling(), units, kinds)
    PAGE.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()

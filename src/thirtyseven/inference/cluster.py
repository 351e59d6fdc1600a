"""Blocks of runs made on many machines by a Dask cluster, and banked on this one.

Workers only compute: they need this program and no common disk. Every finished block is written here, once, as soon as it
arrives. If a worker dies, the scheduler gives its unfinished blocks to others; a block that was made and then lost on the
way is made again, with the same seeds and so the same numbers. The simulator travels as a task of its own, so that it too
is made again wherever its holder dies.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from thirtyseven.inference.simulator import Floats, Simulator

TIMEOUT = 20
"""Seconds in which the scheduler must answer, and a first worker must be there."""


class ClusterError(ValueError):
    """A cluster that cannot be used; the text says which and the way out."""


def on_cluster(
    address: str, simulator: Simulator, blocks: Sequence[tuple[str, Any, Any]]
) -> Iterator[tuple[int, Floats]]:
    """Run blocks on a cluster; yield (number of the block, statistics) in the order in which they are finished.

    Args:
        address: of the scheduler, such as `tcp://10.0.0.1:8786`.
        simulator: makes the pasts.
        blocks: (kind, points, seeds) of each block.

    Raises:
        ClusterError: Dask is not installed, no scheduler or worker answers, a worker runs other code, or a block
            cannot be made there.
    """
    client = _connect(address)
    futures: dict[Any, int] = {}
    try:
        _expect_same_code(client, simulator, address)
        from distributed import as_completed

        made = client.submit(pickle.loads, pickle.dumps(simulator), pure=False)
        futures = {client.submit(_compute, made, *block, pure=False): i for i, block in enumerate(blocks)}
        for future, result in as_completed(list(futures), loop=client.loop, with_results=True, raise_errors=False):
            if future.status != "finished":
                error = result[1] if isinstance(result, tuple) else result
                raise ClusterError(
                    f"The cluster at {address} could not make a block of runs ({type(error).__name__}: {error}); blocks that "
                    "were finished are kept: mend the workers and run the same command again."
                )
            yield futures[future], np.asarray(result, dtype=np.float64)
            future.release()
    finally:
        for future in futures:
            if not future.done():
                future.cancel()
        client.close()


def _compute(simulator: Simulator, kind: str, u: Floats, seeds: Any) -> Floats:
    """Run a block; happens in a worker, on one thread."""
    with threadpool_limits(limits=1):
        return np.asarray(simulator.run(kind, u, seeds), dtype=np.float64)


def _connect(address: str) -> Any:
    try:
        from distributed import Client
    except ImportError:
        raise ClusterError(
            "--cluster needs Dask, which is not installed; add it with `pip install 'thirtyseven[cluster]'`, "
            "or leave --cluster out to use this machine alone."
        ) from None
    try:
        client = Client(address, timeout=TIMEOUT, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise ClusterError(
            f"No Dask scheduler answers at {address} ({type(error).__name__}); start one with `dask scheduler` and give its "
            "address, such as tcp://10.0.0.1:8786."
        ) from None
    try:
        client.wait_for_workers(1, timeout=TIMEOUT)
    except TimeoutError:
        client.close()
        raise ClusterError(
            f"The Dask scheduler at {address} has no workers; start some with `dask worker {address} --nthreads 1`."
        ) from None
    return client


def _expect_same_code(client: Any, simulator: Simulator, address: str) -> None:
    """Every worker must make the same pasts: the simulator's digest, taken there, is the one taken here."""
    blob, wanted = pickle.dumps(simulator), simulator.digest
    try:
        found = client.run(_digest_of, blob, on_error="return")
    except Exception as error:  # the scheduler went away
        raise ClusterError(f"The cluster at {address} stopped answering ({type(error).__name__}).") from None
    for worker, digest in found.items():
        if isinstance(digest, BaseException):
            raise ClusterError(
                f"The worker {worker} cannot run this program ({type(digest).__name__}: {digest}); install the same version of "
                "thirtyseven there, or end that worker."
            )
        if digest != wanted:
            raise ClusterError(
                f"The worker {worker} runs other code or another record ({digest}, here {wanted}); install the same version of "
                "thirtyseven there, or end that worker."
            )


def _digest_of(blob: bytes) -> str:
    return str(pickle.loads(blob).digest)

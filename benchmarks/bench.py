"""Everything that is measured, in one run: `make bench`, or some parts of it: `bench.py runs peers processes floor equivalence`.

Each part writes `results/<part>.json`; the page and its picture are then made of all that is there.
"""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
PARTS = ("runs", "peers", "processes", "floor", "equivalence")


def main() -> int:
    """Run the parts that were named, or all, and write the page."""
    wanted = sys.argv[1:] or list(PARTS)
    if set(wanted) - {*PARTS, "page"}:
        print(f"The parts are {', '.join(PARTS)}, and page to write the page alone.", file=sys.stderr)
        return 2
    failed = []
    for part in PARTS:
        if part in wanted:
            print(f"Measuring: {part} ...", file=sys.stderr)
            if subprocess.run([sys.executable, str(HERE / f"{part}.py")]).returncode:
                failed.append(part)
    subprocess.run([sys.executable, str(HERE / "page.py")], check=True)
    if failed:
        print(f"These parts could not be measured and keep their earlier results: {', '.join(failed)}.", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

"""`thirtyseven weigh` with a budget far too small to mean anything, as a process of its own.

Everything is real but the size. Its arguments are those of the command; the budget is called quick.
"""

import sys

from thirtyseven.cli.app import main
from thirtyseven.inference import budget

SMALL = budget.Budget(
    "quick", (20,), (96,), (64,), outside=16, draws=1, members=2, epochs=3, particles=60, repeats=1, truths=4
)

if __name__ == "__main__":
    budget.BUDGETS["quick"] = SMALL
    sys.argv[0] = "thirtyseven"
    main()

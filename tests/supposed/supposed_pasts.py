"""The seeds of the two pasts, and the weeks that are run: from the murder of Kirov to two months after the decree."""

import numpy as np

SEEDS = np.array([11, 12], np.uint64)
PERIOD = (48, 262)

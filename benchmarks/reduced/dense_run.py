"""Run the dense stepper under the harness."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from reduced import dense, harness

if __name__ == "__main__":
    harness.main(dense.Program)

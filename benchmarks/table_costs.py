"""What the table of word vectors costs by itself, in a fresh process: to load it, to hold it, and in the wheel.

python -m benchmarks.table_costs
"""

from __future__ import annotations

import io
import json
import sys
import time
import zipfile
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent.parent)]  # so that it runs as a file, too
# ruff: noqa: E402

import twelp.flow.match  # what every bot loads anyway
from benchmarks.measure import resident


def main() -> None:
    """Print one JSON object."""
    before, start = resident() or 0.0, time.process_time()
    from twelp.adapters.vectors import load

    table = load()
    took, after = time.process_time() - start, resident()
    held = after - before if after is not None else None
    print(json.dumps({"dimensions": table.length, "load_ms": 1000 * took, "held_mb": held, "wheel_mb": packed()}))


def packed() -> float:
    """The size of the table's files as they stand in a wheel, MB."""
    files = Path(twelp.flow.match.__file__).parents[2] / "adapters" / "vectors"
    wheel = io.BytesIO()
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in files.iterdir():
            if path.is_file():
                archive.write(path, path.name)
    return len(wheel.getvalue()) / 1e6


if __name__ == "__main__":
    main()

"""Writes pairs of sentences with the network's cosine of them, which a test compares the table with.

python tools/vectors/alike.py --weights FOLDER > tests/adapters/vectors/alike.csv
"""

from __future__ import annotations

import argparse
import csv
import sys
from itertools import combinations
from pathlib import Path
from typing import Final

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parent)]
# ruff: noqa: E402

from minilm import MiniLM

SENTENCES: Final = (
    "The soundbar stays silent when the film starts.",
    "I hear nothing from my speakers.",
    "Could you tell me when the courier will be here?",
    "Our parcel has been sitting in a depot since Tuesday.",
    "The zip on the jacket tore after one day; I'd like my money back.",
    "How many days do I have to bring a pair of shoes back?",
    "Somebody else has been using my login.",
    "The sign-in page says that my passphrase is wrong.",
    "Which of your tablets would suit a ten-year-old?",
    "Is the larger model worth the extra money?",
    "My phone gets hot and the battery is empty by noon.",
    "The notebook shuts itself off although it is plugged in.",
    "The fridge hums all night long.",
    "Water drips out of the dishwasher's door.",
    "We sat on the plane for three hours before take-off.",
    "They sent my suitcase to the wrong city.",
    "Thanks to the lady at the till, she was lovely!",
    "I will never shop here again.",
    "Does the gift card run out at some point?",
    "You took the monthly fee from my account twice.",
    "The kids' room has no wireless signal.",
    "What time do you close on Sundays?",
    "Can I move my appointment to next week?",
    "The update made the camera app crash.",
)


def main() -> None:
    """One line a pair."""
    parser = argparse.ArgumentParser(description="pairs of sentences with the network's cosine")
    parser.add_argument("--weights", type=Path, required=True)
    network = MiniLM(parser.parse_args().weights)
    vectors = network.vectors([network.tokens(text) for text in SENTENCES])
    out = csv.writer(sys.stdout, lineterminator="\n")
    for a, b in combinations(range(len(SENTENCES)), 2):
        out.writerow((SENTENCES[a], SENTENCES[b], f"{float(vectors[a] @ vectors[b]):.3f}"))


if __name__ == "__main__":
    main()

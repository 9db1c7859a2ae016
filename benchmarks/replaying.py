"""Are the right people asked first?

    python -m benchmarks.replaying --data DIR [--set banking77] [--posts 500] [--json]

Makes a roster of a routing set (name, keywords and five examples a topic; two people a topic) and a recording of its
history, and runs `twelp replay --beside-words` on them: the whole bot, over the wire, as it is and by words alone.
`right_people_first` is the share of questions whose first wave holds somebody who stands for the right topic.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import yaml

sys.path[:0] = [str(Path(__file__).resolve().parent.parent)]  # so that it runs as a file, too
# ruff: noqa: E402

from benchmarks.arguments import at_least
from benchmarks.measure import rows

_PEOPLE_A_TOPIC = 2


def main() -> None:
    """Write the files, replay them."""
    parser = argparse.ArgumentParser(description="are the right people asked first?")
    parser.add_argument("--data", type=Path, default=os.environ.get("ROUTING_SETS"), help="folder with a folder a set")
    parser.add_argument("--set", default="banking77", dest="name")
    parser.add_argument("--posts", type=at_least(10), default=500)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    if asked.data is None:
        parser.error("where are the sets? --data DIR, or ROUTING_SETS in the environment")
    topics = json.loads((asked.data / asked.name / "topics.json").read_text(encoding="utf8"))
    history = [row for row in rows(asked.data / asked.name / "history.jsonl") if row["topic"] is not None]
    random.Random(5).shuffle(history)
    ids = {topic: f"t{number}" for number, topic in enumerate(topics)}
    with tempfile.TemporaryDirectory(prefix="twelp-replaying-") as name:
        folder = Path(name)
        text = yaml.safe_dump(roster(topics, ids), allow_unicode=True, sort_keys=False, width=1000)
        (folder / "experts.yaml").write_text(text, encoding="utf8")
        with (folder / "posts.jsonl").open("w", encoding="utf8") as file:
            for number, row in enumerate(history[: asked.posts]):
                post = {
                    "tweet_id": str(number),
                    "author_id": str(number),
                    "text": row["text"],
                    "topic": ids[row["topic"]],
                }
                file.write(json.dumps(post, ensure_ascii=False) + "\n")
        command = [sys.executable, "-m", "twelp", "replay", "posts.jsonl", "--beside-words"]
        subprocess.run([*command, *(["--json"] if asked.json else [])], cwd=folder, check=True)


def roster(topics: dict[str, Any], ids: dict[str, str]) -> dict[str, Any]:
    """A roster of the set's topics, and people for them who are there all day."""
    entries = [
        {"id": ids[topic], "name": text["name"], "keywords": text["keywords"], "examples": text["seeds"][:5]}
        for topic, text in topics.items()
    ]
    people = [
        {
            "slack": f"p{at}@acme.example",
            "name": f"Ann {_letters(at).title()}",
            "initials": _letters(at).upper(),
            "topics": [topic],
            "zone": "UTC",
        }
        for at, topic in enumerate(list(ids.values()) * _PEOPLE_A_TOPIC)
    ]
    return {"version": 1, "brand": {"name": "Acme", "handles": {"x": "AcmeHelp"}}, "topics": entries, "experts": people}


def _letters(number: int) -> str:
    """A number as two letters, no two alike."""
    return chr(97 + number // 26) + chr(97 + number % 26)


if __name__ == "__main__":
    main()

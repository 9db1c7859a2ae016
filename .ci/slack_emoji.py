"""Makes `twelp/flow/answer/slack_emoji.tsv` from Slack's own source of names.

npm pack emoji-datasource && tar xzf emoji-datasource-*.tgz package/emoji.json
python .ci/slack_emoji.py package/emoji.json > twelp/flow/answer/slack_emoji.tsv
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

HEAD = """# Slack's standard emoji: names, characters, and `t` where a skin tone may follow the first character.
# From emoji-datasource 16.0.0 (github.com/iamcal/emoji-data), MIT: see slack_emoji.LICENSE.
# Made by .ci/slack_emoji.py; do not edit."""


def main() -> None:
    """Writes one line an emoji."""
    print(HEAD)
    for emoji in json.loads(Path(sys.argv[1]).read_text("utf-8")):
        character = written(emoji["unified"])
        single = {k: v for k, v in emoji.get("skin_variations", {}).items() if "-" not in k}
        for tone, varied in single.items():
            rest = character[1:].removeprefix("\ufe0f")
            assert written(varied["unified"]) == character[0] + written(tone) + rest, emoji["short_name"]
        print(" ".join(emoji["short_names"]), character, *(["t"] if single else []), sep="\t")


def written(unified: str) -> str:
    """The characters of `1F3FB-FE0F`."""
    return "".join(chr(int(code, 16)) for code in unified.split("-"))


if __name__ == "__main__":
    main()

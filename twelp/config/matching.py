"""Settings of matching."""

from __future__ import annotations

from pydantic import BaseModel

from twelp.config.fields import number, setting


class MatchingSettings(BaseModel):
    """What a missed question is worth, and whether sentence embeddings are used."""

    missing_cost: float = number(
        "TWELP_MISSING_COST",
        3,
        "wrong asks",
        "How many asks in vain a missed question is worth; at n, no topic counts where a post is nobody's with a "
        "chance of n / (n + 1) or more.",
        least=0.01,
        most=1000,
    )
    semantic: str = setting(
        "TWELP_SEMANTIC",
        "auto",
        "What matching knows of meaning: auto uses the model of twelp[semantic] or twelp[multilingual] where one is "
        "installed, and the word vectors that come with twelp; off uses those alone, words not even those.",
        "auto, off, words, semantic, multilingual, a folder with model.onnx and tokenizer.json, or "
        "hub:OWNER/NAME@REVISION",
    )
    semantic_pins: str = setting(
        "TWELP_SEMANTIC_PINS",
        "",
        "The SHA-256 of a hub's model and of its tokenizer; the log tells both when they are missing.",
        "two hashes with a space between them",
    )

"""Measurements of twelp beside what anyone would try first; see README.md."""

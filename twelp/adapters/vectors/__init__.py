"""Word vectors for matching, which come with the package: fitted so that their sum says what a sentence means.

Rules: nothing is downloaded and no network runs. What the files are, whose they are and how they were made: ``NOTICE``
beside them, and ``tools/vectors/`` in the repository.
"""

from .table import Table, load

__all__ = ["Table", "load"]

"""twelp: customers' public questions, answered once, in the words of the company's own people."""

__version__ = "0.1.0"

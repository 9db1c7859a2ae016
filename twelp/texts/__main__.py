"""`python -m twelp.texts`: a file for translators on standard output."""

from twelp.texts.language import template

if __name__ == "__main__":
    print(template(), end="")

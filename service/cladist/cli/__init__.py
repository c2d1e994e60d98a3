"""The command line: verbs that work directly on the store, each loaded when it is first used."""

from cladist.cli.program import main

__all__ = ["main"]

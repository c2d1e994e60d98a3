"""How much a document that is read may hold, and how much its reading may cost."""

from __future__ import annotations

from dataclasses import dataclass

_MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of one reading; every one is a setting.

    Sizes are in bytes, times in seconds. Memory, processor time and wall-clock time grow with the
    document up to the figures given here.
    """

    document: int = 256 * _MIB
    text: int = 512 * _MIB
    """The statements as N-Quads: a few prefixed names can stand for very much text."""
    statements: int = 2_000_000
    literal: int = 65_536
    iri: int = 2_048
    nesting: int = 64
    """Blank nodes inside blank nodes; the cells of a list do not count."""
    blank_nodes: int = 100_000
    memory: int = 3_072 * _MIB
    processor: int = 60
    wall: int = 240

    def memory_for(self, size: int) -> int:
        """The address space for a document of ``size`` bytes."""
        return min(self.memory, 1_536 * _MIB + 4 * size)

    def processor_for(self, size: int) -> int:
        """The processor seconds for a document of ``size`` bytes."""
        return min(self.processor, 5 + size // (2 * _MIB))

    def wall_for(self, size: int) -> int:
        """The seconds on the clock: four times the processor's, since others want it as well."""
        return min(self.wall, 4 * self.processor_for(size))

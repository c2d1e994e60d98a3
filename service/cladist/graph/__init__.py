"""Oxigraph in memory as the ledger's query projection."""

from __future__ import annotations

from cladist.graph.projection import Projection, Rows

__all__ = ["Projection", "Rows"]

"""A service elsewhere, asked from Python: class lists, what became of classes, edits, migrations.

Errors are those of :mod:`cladist.model.errors`, whether something is refused here or there.
"""

from __future__ import annotations

from cladist.client.cache import CacheUnusable, StaleAnswer
from cladist.client.clients import AsyncClient, Client
from cladist.client.problems import Problem, problem_of

__all__ = ["AsyncClient", "CacheUnusable", "Client", "Problem", "StaleAnswer", "problem_of"]

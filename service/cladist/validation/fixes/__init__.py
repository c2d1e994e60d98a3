"""Fixes: what could be done about a finding, as changes that a person may take."""

from cladist.validation.fixes.fix import Fix, Problem
from cladist.validation.fixes.table import FIXED, fixes

__all__ = ["FIXED", "Fix", "Problem", "fixes"]

"""Custom shapes: SHACL that a taxonomy brings itself, screened, and run where it can do no harm."""

from cladist.validation.custom.reporting import told
from cladist.validation.custom.running import CustomResult, Outcome, Usable, run, usable
from cladist.validation.custom.screening import screen
from cladist.validation.custom.shapes import CustomShapes, shapes_in, shapes_of, statements_of

__all__ = [
    "CustomResult",
    "CustomShapes",
    "Outcome",
    "Usable",
    "run",
    "screen",
    "shapes_in",
    "shapes_of",
    "statements_of",
    "told",
    "usable",
]

"""The rules run natively over a compact index of a content, whole or only where an edit reaches."""

from cladist.validation.native.checker import Checker

__all__ = ["Checker"]

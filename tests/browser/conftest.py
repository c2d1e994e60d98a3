"""These tests need Chromium: ``make browser`` says where it is."""

from __future__ import annotations

import os

CHROMIUM = os.environ.get("CLADIST_CHROMIUM", "")

collect_ignore_glob = [] if CHROMIUM else ["test_*.py"]

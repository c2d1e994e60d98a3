"""How a difference looks as a page: one sheet for light, dark and paper."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

STYLE = """
:root { color-scheme: light dark; --ink: #1b1f24; --paper: #ffffff; --line: #8c959f;
  --soft: #f3f5f7; --gone: #82071e; --gone-back: #ffebe9; --come: #0a5323;
  --come-back: #dafbe1; --bar: #0550ae; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --paper: #0d1117;
  --line: #6e7681; --soft: #161b22; --gone: #ffb3ad; --gone-back: #4b1113;
  --come: #8ff0a4; --come-back: #0f3d1f; --bar: #79c0ff; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 72rem; padding: 1rem; color: var(--ink);
  background: var(--paper); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; margin: 0.5rem 0 1rem; }
caption { text-align: start; font-weight: 600; padding: 0.25rem 0; }
th, td { border: 1px solid var(--line); padding: 0.25rem 0.5rem; text-align: start;
  vertical-align: top; white-space: pre-wrap; }
thead th { background: var(--soft); }
del { color: var(--gone); background: var(--gone-back); text-decoration: line-through; }
ins { color: var(--come); background: var(--come-back); text-decoration: underline; }
code, .lines { font-family: ui-monospace, monospace; font-size: 0.875rem; }
.lines { list-style: none; padding: 0; white-space: pre-wrap; }
.id { color: inherit; opacity: 0.85; }
.bars { display: block; width: 100%; max-width: 40rem; font: 14px system-ui, sans-serif; }
.bars text { fill: currentColor; }
.bars rect { fill: var(--bar); }
@media print { :root { --ink: #000000; --paper: #ffffff; --soft: #ffffff; --gone: #000000;
  --gone-back: #ffffff; --come: #000000; --come-back: #ffffff; --bar: #000000; }
  body { max-width: none; padding: 0; } section, tr { break-inside: avoid; } }
"""
"""The style sheet; colours keep a contrast of 4.5 to 1 (WCAG 2.2, 1.4.3)."""

POLICY = (
    "default-src 'none'; style-src 'sha256-"
    f"{b64encode(sha256(STYLE.encode()).digest()).decode()}'; base-uri 'none'; form-action 'none'"
)
"""What the page may load and run (Content Security Policy Level 3): this sheet alone."""

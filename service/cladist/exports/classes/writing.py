"""JSON and YAML as exports write them: readable, characters as they are, keys in their order."""

from __future__ import annotations

import json
from typing import Any


def as_json(value: Any) -> bytes:
    """JSON (RFC 8259) with two spaces of indentation."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def as_yaml(value: Any, comment: str = "") -> bytes:
    """YAML 1.1 in block style, after a comment."""
    import yaml

    head = "".join(f"# {line}\n" for line in comment.splitlines())
    text = yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=1_000)
    return (head + text).encode()


def without_blanks(value: dict[str, Any]) -> dict[str, Any]:
    """The members that say something."""
    return {name: each for name, each in value.items() if each not in ("", None, [], ())}

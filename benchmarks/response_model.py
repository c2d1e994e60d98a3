"""The peer: a FastAPI application that builds and validates the class list for each request."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from pydantic import BaseModel

VARIABLE = "CLASS_LIST"
"""The environment variable that names the file with the list, as Cladist gives it."""


class ClassLine(BaseModel):
    """One class."""

    id: str
    code: int
    index: int | None
    label: str
    labels: dict[str, str]
    parents: list[str]
    selectable: bool
    colour: str | None
    hotkey: str | None


class ClassList(BaseModel):
    """The classes of a version."""

    taxonomy: str
    iri: str
    version: str
    digest: str
    label_structure: dict[str, Any]
    training: dict[str, Any]
    default_language: str
    count: int
    classes: list[ClassLine]


def create_app() -> FastAPI:
    """The application, with the classes in memory as plain records."""
    head = json.loads(Path(os.environ[VARIABLE]).read_bytes())
    records = [tuple(each[name] for name in ClassLine.model_fields) for each in head["classes"]]
    app = FastAPI()

    @app.get("/classes", response_model=ClassList)
    async def classes() -> Any:
        names = tuple(ClassLine.model_fields)
        return {**head, "classes": [dict(zip(names, each, strict=True)) for each in records]}

    return app

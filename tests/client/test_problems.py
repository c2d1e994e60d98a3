"""A refusal is the same error on both sides of the wire."""

from __future__ import annotations

import json

import pytest

from cladist.api.problems import KIND_OF, kind_of, members_of
from cladist.client.operation import Reply
from cladist.client.problems import ERRORS, error_of, problem_of
from cladist.model import errors
from cladist.model.errors import CladistError

RAISED: list[CladistError] = [
    errors.UnknownTaxonomy("pets"),
    errors.UnknownVersion("pets", "9"),
    errors.UnknownClass("urn:x:cat", "pets 1.0.0"),
    errors.DependentChanges("a", ["b", "c"]),
    errors.StaleDraft(3, 4),
    errors.NoCommonHistory("isic 4.0.0", "cpc 2.1.0"),
    errors.InvalidChange("The class is retired.", "urn:x:cat"),
    errors.CycleFound(["urn:x:cat", "urn:x:dog"], ["cat", "dog"]),
    errors.SuccessorCycle(["urn:x:cat", "urn:x:dog"], ["cat", "dog"]),
    errors.CodeTaken(17, "cat"),
    errors.AmbiguousReference("bat", ["urn:x:a", "urn:x:b"]),
    errors.InvalidValue("id", "is no IRI."),
    errors.LoweredVersion("2.0.0", "1.1.0"),
    errors.RefusedRows([(3, "cat", "has the id of line 2"), (4, "dog", "the same")]),
    errors.UnknownCodes([(3, "0199", "source")], 120),
    errors.UnknownLabels([("boat", 3)], "pets 1.0.0"),
    errors.TooMuchLost(0.1, 4, 1, 0, [("urn:x:cat", "cat", "no target")]),
    errors.UnreadableInput("expected “.”", 12, 7),
    errors.ParserLimit("seconds", 20),
    errors.LimitExceeded("references of one batch", 100_000),
    errors.StoreFull("disk full"),
    errors.StoreUnavailable("database is locked"),
]


def answered(error: CladistError) -> Reply:
    """The error as the service answers it."""
    kind = kind_of(error)
    body = {"type": kind.uri, "title": kind.title, "status": kind.status, "detail": str(error)}
    return Reply(kind.status, {}, json.dumps({**body, **members_of(error)}).encode())


@pytest.mark.parametrize("raised", RAISED, ids=lambda error: type(error).__name__)
def test_an_error_comes_back_as_itself(raised: CladistError) -> None:
    found = error_of(answered(raised), "http://x/")
    problem = problem_of(found)
    assert (type(found), str(found)) == (type(raised), str(raised))
    assert {**vars(found), "problem": None} == {**vars(raised), "problem": None}
    assert problem is not None and problem.kind == kind_of(raised).name
    assert problem_of(raised) is None


def test_the_place_in_a_batch_comes_back() -> None:
    raised = errors.UnknownClass("urn:x:cat")
    raised.position = 2
    found = error_of(answered(raised), "http://x/")
    assert isinstance(found, errors.NotFound) and found.position == 2


def test_every_kind_of_error_is_known() -> None:
    known = {name: kind for kind, name in KIND_OF.items() if kind is not CladistError}
    assert known == {name: kind for name, kind in ERRORS.items() if name != "unknown-reference"}

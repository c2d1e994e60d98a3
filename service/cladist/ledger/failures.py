"""What the database says when it fails, in Cladist's own words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import exc

from cladist.model.errors import CladistError, StoreFull, StoreUnavailable

_FULL = {"SQLITE_FULL", "53100"}  # 53100: disk_full, PostgreSQL's appendix A
_OURS = (exc.IntegrityError, exc.ProgrammingError, exc.DataError)


@contextmanager
def translated() -> Iterator[None]:
    """Turn failures of the database into StoreFull or StoreUnavailable.

    What only a mistake in our own statements can raise is let through as it is.
    """
    try:
        yield
    except exc.TimeoutError as error:
        raise StoreUnavailable("all its connections are in use.") from error
    except exc.StatementError as error:
        meaning = _meaning(error)
        if meaning is None:
            raise
        raise meaning from error


def _meaning(error: exc.StatementError) -> CladistError | None:
    if isinstance(error.orig, CladistError):
        return error.orig
    if not isinstance(error, exc.DBAPIError) or isinstance(error, _OURS):
        return None
    code = getattr(error.orig, "sqlite_errorname", None) or getattr(error.orig, "sqlstate", None)
    if code == "SQLITE_ERROR":  # a statement that SQLite does not understand
        return None
    reason = str(error.orig).strip() or "the connection was lost."
    return StoreFull(reason) if code in _FULL else StoreUnavailable(reason)

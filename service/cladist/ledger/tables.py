"""The ledger's tables as they are now; ``migrations`` says how they came to be.

``taxonomy``, ``blob``, ``version``, ``relation``, ``event`` and ``epoch`` are insert only:
triggers refuse everything else. Times are ISO 8601 texts in UTC, hashes hexadecimal SHA-256.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy import Text as PlainText

from cladist.model.errors import InvalidValue

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

Big = BigInteger().with_variant(Integer(), "sqlite")


class Text(TypeDecorator[str]):
    """Text that both engines can hold: no NUL and no lone surrogate."""

    impl = PlainText
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Any) -> str | None:
        """The value itself; InvalidValue when it cannot be stored."""
        if value is not None and ("\0" in value or not _encodes(value)):
            raise InvalidValue("text", "it holds a NUL character or half a surrogate pair.")
        return value


def _encodes(value: str) -> bool:
    if value.isascii():
        return True
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


blob = Table(
    "blob",
    metadata,
    Column("sha", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("base_sha", Text, ForeignKey("blob.sha")),
    Column("root_size", Big, nullable=False),
    Column("chain_weight", Big, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    CheckConstraint(
        "(kind = 'snapshot' AND base_sha IS NULL) OR (kind = 'delta' AND base_sha IS NOT NULL)",
        name="kind",
    ),
)

taxonomy = Table(
    "taxonomy",
    metadata,
    Column("slug", Text, primary_key=True),
    Column("iri", Text, nullable=False, unique=True),
    Column("who", Text, nullable=False),
    Column("at", Text, nullable=False),
)

version = Table(
    "version",
    metadata,
    Column("slug", Text, ForeignKey("taxonomy.slug"), primary_key=True),
    Column("ordinal", Integer, primary_key=True, autoincrement=False),
    Column("number", Text, nullable=False),
    Column("previous", Text),
    Column("sha", Text, ForeignKey("blob.sha"), nullable=False),
    Column("base_sha", Text, ForeignKey("blob.sha"), nullable=False),
    Column("notes", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("changes", Text, nullable=False),
    Column("extra", Text, nullable=False),
    UniqueConstraint("slug", "number"),
)

draft = Table(
    "draft",
    metadata,
    Column("slug", Text, ForeignKey("taxonomy.slug"), primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("base_sha", Text, ForeignKey("blob.sha"), nullable=False),
    Column("base_version", Text),
    # Deferred: the draft is moved first, so that who comes second writes no version.
    ForeignKeyConstraint(
        ["slug", "base_version"],
        ["version.slug", "version.number"],
        deferrable=True,
        initially="DEFERRED",
    ),
)

draft_change = Table(
    "draft_change",
    metadata,
    Column("slug", Text, ForeignKey("draft.slug"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("why", Text),
    Column("evidence", Text),
    UniqueConstraint("slug", "id"),
)

relation = Table(
    "relation",
    metadata,
    Column("source_slug", Text, primary_key=True),
    Column("source_number", Text, primary_key=True),
    Column("target_slug", Text, primary_key=True),
    Column("target_number", Text, primary_key=True),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("sha", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("license", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("pairs", Text, nullable=False),
    ForeignKeyConstraint(["source_slug", "source_number"], ["version.slug", "version.number"]),
    ForeignKeyConstraint(["target_slug", "target_number"], ["version.slug", "version.number"]),
)

event = Table(
    "event",
    metadata,
    Column("seq", Big, primary_key=True, autoincrement=False),
    Column("type", Text, nullable=False),
    Column("slug", Text, ForeignKey("taxonomy.slug"), nullable=False),
    Column("who", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("prev_hash", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Index(None, "slug", "seq"),
)

webhook = Table(
    "webhook",
    metadata,
    Column("id", Text, primary_key=True),
    Column("slug", Text, ForeignKey("taxonomy.slug"), nullable=False, index=True),
    Column("url", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("secret", Text, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("after", Big, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", Text, nullable=False),
)

delivery = Table(
    "delivery",
    metadata,
    Column("id", Text, primary_key=True),
    Column("webhook", Text, ForeignKey("webhook.id"), nullable=False),
    Column("seq", Big, nullable=False),
    Column("type", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("attempts", Text, nullable=False),
    Column("due", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("ended", Text, nullable=False),
    Index("ix_delivery_webhook", "webhook", "at"),
    Index("ix_delivery_status", "status", "due"),
)

usage = Table(
    "usage",
    metadata,
    Column("slug", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("counts", Text, nullable=False),
    Column("contact", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("acknowledged", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("asks", Boolean, nullable=False),
    ForeignKeyConstraint(["slug", "version"], ["version.slug", "version.number"]),
)

idempotency = Table(
    "idempotency",
    metadata,
    Column("key", Text, primary_key=True),
    Column("request_hash", Text, nullable=False),
    Column("response", Text, nullable=False),
    Column("at", Text, nullable=False),
)

epoch = Table(
    "epoch",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("token", Text, nullable=False),
    Column("at", Text, nullable=False),
)

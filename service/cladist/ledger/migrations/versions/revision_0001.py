"""The first tables, and the triggers that keep what is written as it was written."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

# Tables that are only ever inserted into, with the keys that an INSERT OR REPLACE could hit.
_KEPT = {
    "taxonomy": ("slug = NEW.slug", "iri = NEW.iri"),
    "blob": ("sha = NEW.sha",),
    "version": (
        "slug = NEW.slug AND ordinal = NEW.ordinal",
        "slug = NEW.slug AND number = NEW.number",
    ),
    "event": ("seq = NEW.seq",),
    "epoch": ("number = NEW.number",),
}


def upgrade() -> None:
    """Create everything."""
    _create_blob()
    _create_taxonomy()
    _create_version()
    _create_draft()
    _create_log()
    if op.get_bind().dialect.name == "sqlite":
        _guard_sqlite()
    else:
        _guard_postgresql()
        # The payloads are compressed already.
        op.execute("ALTER TABLE blob ALTER COLUMN payload SET STORAGE EXTERNAL")


def _create_blob() -> None:
    op.create_table(
        "blob",
        sa.Column("sha", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("base_sha", sa.Text),
        sa.Column("root_size", _BIG, nullable=False),
        sa.Column("chain_weight", _BIG, nullable=False),
        sa.Column("payload", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("sha", name="pk_blob"),
        sa.ForeignKeyConstraint(["base_sha"], ["blob.sha"], name="fk_blob_base_sha"),
        sa.CheckConstraint(
            "(kind = 'snapshot' AND base_sha IS NULL) OR (kind = 'delta' AND base_sha IS NOT NULL)",
            name=op.f("ck_blob_kind"),
        ),
    )


def _create_taxonomy() -> None:
    op.create_table(
        "taxonomy",
        sa.Column("slug", sa.Text, nullable=False),
        sa.Column("iri", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("slug", name="pk_taxonomy"),
        sa.UniqueConstraint("iri", name="uq_taxonomy_iri"),
    )


def _create_version() -> None:
    op.create_table(
        "version",
        sa.Column("slug", sa.Text, nullable=False),
        sa.Column("ordinal", sa.Integer, nullable=False),
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("previous", sa.Text),
        sa.Column("sha", sa.Text, nullable=False),
        sa.Column("base_sha", sa.Text, nullable=False),
        sa.Column("notes", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("changes", sa.Text, nullable=False),
        sa.Column("extra", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("slug", "ordinal", name="pk_version"),
        sa.UniqueConstraint("slug", "number", name="uq_version_slug_number"),
        sa.ForeignKeyConstraint(["slug"], ["taxonomy.slug"], name="fk_version_slug"),
        sa.ForeignKeyConstraint(["sha"], ["blob.sha"], name="fk_version_sha"),
        sa.ForeignKeyConstraint(["base_sha"], ["blob.sha"], name="fk_version_base_sha"),
    )


def _create_draft() -> None:
    op.create_table(
        "draft",
        sa.Column("slug", sa.Text, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("base_sha", sa.Text, nullable=False),
        sa.Column("base_version", sa.Text),
        sa.PrimaryKeyConstraint("slug", name="pk_draft"),
        sa.ForeignKeyConstraint(["slug"], ["taxonomy.slug"], name="fk_draft_slug"),
        sa.ForeignKeyConstraint(["base_sha"], ["blob.sha"], name="fk_draft_base_sha"),
        sa.ForeignKeyConstraint(
            ["slug", "base_version"],
            ["version.slug", "version.number"],
            name="fk_draft_slug_base_version",
            deferrable=True,
            initially="DEFERRED",
        ),
    )
    op.create_table(
        "draft_change",
        sa.Column("slug", sa.Text, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("why", sa.Text),
        sa.Column("evidence", sa.Text),
        sa.PrimaryKeyConstraint("slug", "position", name="pk_draft_change"),
        sa.UniqueConstraint("slug", "id", name="uq_draft_change_slug_id"),
        sa.ForeignKeyConstraint(["slug"], ["draft.slug"], name="fk_draft_change_slug"),
    )


def _create_log() -> None:
    op.create_table(
        "event",
        sa.Column("seq", _BIG, nullable=False, autoincrement=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("slug", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("prev_hash", sa.Text, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_event"),
        sa.ForeignKeyConstraint(["slug"], ["taxonomy.slug"], name="fk_event_slug"),
    )
    op.create_index("ix_event_slug_seq", "event", ["slug", "seq"])
    op.create_table(
        "idempotency",
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("request_hash", sa.Text, nullable=False),
        sa.Column("response", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_idempotency"),
    )
    op.create_table(
        "epoch",
        sa.Column("number", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("token", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_epoch"),
    )


def _guard_sqlite() -> None:
    """Refuse updates, deletes, and the silent delete of INSERT OR REPLACE."""
    for table, keys in _KEPT.items():
        refusal = f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are never changed'); END"
        for act in ("UPDATE", "DELETE"):
            op.execute(f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} {refusal}")
        taken = " OR ".join(f"EXISTS (SELECT 1 FROM {table} WHERE {key})" for key in keys)
        op.execute(
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {taken} {refusal}"
        )


def _guard_postgresql() -> None:
    """Refuse updates, deletes and truncation."""
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION 'rows of % are never changed', TG_TABLE_NAME "
        "USING ERRCODE = 'restrict_violation'; END $$"
    )
    for table in _KEPT:
        op.execute(
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )

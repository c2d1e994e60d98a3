"""The table of relations between versions of different taxonomies, which keeps what it is given."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_KEY = ("source_slug", "source_number", "target_slug", "target_number", "revision")


def upgrade() -> None:
    """Create it, and the triggers that guard it."""
    op.create_table(
        "relation",
        *(sa.Column(name, sa.Text, nullable=False) for name in _KEY[:-1]),
        sa.Column("revision", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("sha", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("license", sa.Text, nullable=False),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("pairs", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint(*_KEY, name="pk_relation"),
        *(
            sa.ForeignKeyConstraint(
                [f"{side}_slug", f"{side}_number"],
                ["version.slug", "version.number"],
                name=f"fk_relation_{side}_slug_{side}_number",
            )
            for side in ("source", "target")
        ),
    )
    if op.get_bind().dialect.name == "sqlite":
        _guard_sqlite()
    else:
        op.execute(
            "CREATE TRIGGER relation_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON relation "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )


def _guard_sqlite() -> None:
    """Refuse updates, deletes, and the silent delete of INSERT OR REPLACE."""
    refusal = "BEGIN SELECT RAISE(ABORT, 'rows of relation are never changed'); END"
    for act in ("UPDATE", "DELETE"):
        op.execute(f"CREATE TRIGGER relation_no_{act.lower()} BEFORE {act} ON relation {refusal}")
    same = " AND ".join(f"{name} = NEW.{name}" for name in _KEY)
    taken = f"EXISTS (SELECT 1 FROM relation WHERE {same})"
    op.execute(
        f"CREATE TRIGGER relation_no_replace BEFORE INSERT ON relation WHEN {taken} {refusal}"
    )

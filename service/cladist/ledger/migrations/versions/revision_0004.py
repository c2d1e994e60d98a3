"""The table of what uses which version."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_TEXTS = ("kind", "version", "counts", "contact", "url", "note", "acknowledged", "who", "at")


def upgrade() -> None:
    """Create it; its rows change and go, and the log keeps what was registered."""
    op.create_table(
        "usage",
        sa.Column("slug", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in _TEXTS),
        sa.Column("asks", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("slug", "name", name="pk_usage"),
        sa.ForeignKeyConstraint(
            ["slug", "version"],
            ["version.slug", "version.number"],
            name="fk_usage_slug_version",
        ),
    )

"""What a live page's changes are told in."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("article", sa.Column("live", sa.Text()))
    op.create_table(
        "digest",
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("to_number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("from_number", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("not_before", sa.BigInteger()),
        sa.Column("channels", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("base", sa.LargeBinary()),
        sa.ForeignKeyConstraint(["article"], ["article.id"]),
        sa.PrimaryKeyConstraint("article", "to_number"),
    )

"""Everything an installation may set, read once from the environment (``CLADIST_...``)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, IPvAnyNetwork, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from cladist.rdf.limits import Limits


class Settings(BaseSettings):
    """The settings of one process, frozen from the start."""

    model_config = SettingsConfigDict(env_prefix="CLADIST_", frozen=True, extra="ignore")

    store: str = Field(
        "sqlite:///data/cladist.sqlite",
        description="The ledger: sqlite:///PATH or postgresql://USER@HOST/NAME.",
    )
    base_iri: str = Field(
        "https://w3id.org/cladist/id/",
        description="What the IRIs of taxonomies and classes begin with.",
    )
    host: str = Field("127.0.0.1", description="The address to listen on.")
    port: int = Field(
        8000, ge=0, le=65535, description="The port to listen on; 0 takes a free one."
    )
    author: str = Field(
        "anonymous", description="Who makes a change where the request does not say."
    )
    body_limit: int = Field(
        64 * 2**20, gt=0, description="The greatest request body, in bytes, imports included."
    )
    most_lines: int = Field(
        5_000_000, gt=0, description="Statements of open states kept in memory, summed up."
    )
    statements: int = Field(2_000_000, gt=0, description="The most statements of one RDF file.")
    index_folder: str = Field(
        "",
        description="Where indexes are kept between starts; beside an embedded store if empty.",
    )
    readers: int = Field(2, gt=0, description="Documents that are read at the same time.")
    job_folder: str = Field(
        "",
        description="Where datasets lie that the service migrates; beside an embedded store if "
        "empty, in a folder “jobs” here for a database server.",
    )
    dataset_limit: int = Field(
        16 * 2**30, gt=0, description="The greatest dataset that may be uploaded, in bytes."
    )
    dataset_roots: str = Field(
        "",
        description="Folders on this machine whose datasets jobs may name, with “:” between them.",
    )
    webhook_networks: Annotated[tuple[IPvAnyNetwork, ...], NoDecode] = Field(
        (),
        description="Networks that are not public to which webhooks may lead, with “,” between "
        "them, such as 10.0.0.0/8; also without encryption.",
    )
    webhook_retries: Annotated[tuple[float, ...], NoDecode] = Field(
        (5, 300, 1_800, 7_200, 18_000, 36_000, 36_000),
        description="Seconds from each attempt of a delivery that failed to the next, with “,” "
        "between them; after the last it is given up.",
    )
    trusted_shapes: Annotated[tuple[str, ...], NoDecode] = Field(
        (),
        description="Digests of custom shapes that may hold SPARQL constraints, with “,” between "
        "them; “cladist shapes” and the refusal of such shapes say the digest.",
    )
    page_limit: int = Field(1_000, gt=0, description="The most classes in one page of an answer.")

    @field_validator("webhook_networks", "webhook_retries", "trusted_shapes", mode="before")
    @classmethod
    def _listed(cls, value: Any) -> Any:
        """The parts of a text with commas."""
        if not isinstance(value, str):
            return value
        return [each.strip() for each in value.split(",") if each.strip()]

    @property
    def limits(self) -> Limits:
        """The bounds of reading one RDF document."""
        return Limits(statements=self.statements)

    @property
    def indexes(self) -> Path | None:
        """The folder of kept indexes; none for a database server where no folder is set."""
        if self.index_folder:
            return Path(self.index_folder)
        return None if self.store_folder is None else self.store_folder / "indexes"

    @property
    def jobs(self) -> Path:
        """The folder of jobs."""
        if self.job_folder:
            return Path(self.job_folder)
        return (self.store_folder or Path()) / "jobs"

    @property
    def allowed_roots(self) -> tuple[Path, ...]:
        """The folders whose datasets jobs may name."""
        return tuple(Path(each) for each in self.dataset_roots.split(":") if each)

    @property
    def store_folder(self) -> Path | None:
        """The folder of the embedded store, which must exist; none for a database server."""
        if not self.store.startswith("sqlite:///"):
            return None
        return Path(self.store.removeprefix("sqlite:///")).parent

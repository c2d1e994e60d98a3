"""From a state made elsewhere to the changes that would lead there: proposed, never recorded."""

from cladist.model.proposal.changes import GONE as GONE
from cladist.model.proposal.changes import propose as propose

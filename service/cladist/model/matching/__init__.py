"""Which classes of a version made elsewhere are which of ours: proposals, never decisions."""

from cladist.model.matching.matcher import match as match
from cladist.model.matching.proposals import Basis as Basis
from cladist.model.matching.proposals import Clue as Clue
from cladist.model.matching.proposals import Evidence as Evidence
from cladist.model.matching.proposals import Proposal as Proposal
from cladist.model.matching.proposals import ProposedKind as ProposedKind
from cladist.model.matching.proposals import ProposedPair as ProposedPair
from cladist.model.matching.proposals import TablePair as TablePair

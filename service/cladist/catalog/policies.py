"""How strictly a taxonomy is validated: its own word on single rules, else the installation's."""

from __future__ import annotations

from cladist.model.taxonomy import Header
from cladist.validation import Policy, Setting


def policy_of(header: Header, usual: Policy) -> Policy:
    """The policy for one taxonomy."""
    own = {each.rule: Setting(each.rule, each.enforcement, each.reason) for each in header.rules}
    return Policy((*own.values(), *(each for each in usual.settings if each.rule not in own)))

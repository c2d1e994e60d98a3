"""The table of verbs: where each one is, and the line that the overview shows for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Entry(NamedTuple):
    """One verb: its module in this room, the name it has there, and what it does."""

    module: str
    attribute: str
    summary: str


SECTIONS: Mapping[str, Mapping[str, Entry]] = {
    "Start": {
        "serve": Entry("serving", "serve", "Start the service."),
        "new": Entry("taxonomies", "new", "Make a taxonomy without classes."),
        "import": Entry("importing", "import_", "Read a file as a taxonomy, or onto one."),
        "relate": Entry("relations", "relate", "Relate two taxonomies by a table."),
    },
    "Read": {
        "taxonomies": Entry("taxonomies", "taxonomies", "List the taxonomies."),
        "classes": Entry("browsing", "classes", "List the classes of a version or the draft."),
        "show": Entry("browsing", "show", "Show one class with all that is said of it."),
        "search": Entry("browsing", "search", "Find classes by their labels."),
        "groups": Entry("groups", "groups", "List the exclusive groups."),
        "diff": Entry(
            "comparing", "diff", "Compare two versions, a version and the draft, or two files."
        ),
        "correspondence": Entry(
            "correspondences", "correspondence", "Show what became of the classes."
        ),
        "relations": Entry("relations", "relations", "List the tables that relate taxonomies."),
        "resolve": Entry("resolving", "resolve", "Say what became of old ids, codes or labels."),
        "card": Entry("training", "card", "Write what a model must know that is trained on it."),
        "export": Entry("exporting", "export", "Write a version as RDF, a table, or for a tool."),
    },
    "Follow": {
        "lock": Entry("locking", "lock", "Bind a dataset or a model to a version."),
        "check-data": Entry(
            "annotation_checking", "check_data", "Say what is wrong with annotations."
        ),
        "compat": Entry("locking", "compat", "Say whether a dataset or model fits a version."),
        "sync": Entry("syncing", "sync", "Bring a live labeling project to another version."),
        "migrate": Entry("migrating", "migrate", "Make a dataset follow its taxonomy."),
    },
    "Edit classes": {
        "add": Entry("classes", "add", "Add classes."),
        "rename": Entry("classes", "rename", "Give a class a new preferred label."),
        "describe": Entry("classes", "describe", "Edit notes, other labels, colour and hotkey."),
        "define": Entry("classes", "define", "Give a class a new definition."),
        "selectable": Entry("classes", "selectable", "Say whether annotators may pick a class."),
        "retire": Entry("classes", "retire", "Take classes out of use, kept for ever."),
        "restore": Entry("classes", "restore", "Bring a retired class back into use."),
    },
    "Edit the hierarchy": {
        "move": Entry("placing", "move", "Give a class new parents in place of the old ones."),
        "add-parent": Entry("placing", "add_parent", "Give a class one more parent."),
        "remove-parent": Entry("placing", "remove_parent", "Take one parent from a class."),
        "order": Entry("placing", "order", "Put classes in order."),
    },
    "Edit meanings": {
        "merge": Entry("meanings", "merge", "Make one class of several."),
        "split": Entry("meanings", "split", "Make several classes of one."),
        "regroup": Entry("meanings", "regroup", "Make several classes of several others."),
        "exclusive": Entry("groups", "exclusive", "Say that classes exclude each other."),
        "unexclude": Entry("groups", "unexclude", "Remove an exclusive group."),
    },
    "Edit the taxonomy": {
        "structure": Entry("framing", "structure", "Set what one item may carry."),
        "taxonomy": Entry("taxonomies", "taxonomy", "Show or edit what is said of the taxonomy."),
        "rule": Entry("framing", "rule", "Say how strictly a rule is taken."),
        "apply": Entry("drafts", "apply", "Put the changes of a JSON file on the draft."),
    },
    "Check and publish": {
        "status": Entry("drafts", "status", "Show the draft's changes and the next number."),
        "undo": Entry("drafts", "undo", "Take one change out of the draft."),
        "discard": Entry("drafts", "discard", "Take all changes out of the draft."),
        "validate": Entry("versions", "validate", "Check the draft or a version."),
        "fix": Entry("fixing", "fix", "Show what could be done about findings, and do it."),
        "check": Entry("checking", "check", "Check files, without a store."),
        "rules": Entry("versions", "rules", "List the rules that are checked."),
        "shapes": Entry("custom_shapes", "shapes", "Show or set the rules that a taxonomy brings."),
        "publish": Entry("versions", "publish", "Freeze the draft as the next version."),
        "versions": Entry("versions", "versions", "List the published versions."),
        "log": Entry("drafts", "log", "List the changes of versions and the draft."),
    },
    "Usages": {
        "use": Entry(
            "usages", "use", "Say that a dataset, model or labeling project uses a version."
        ),
        "usages": Entry("usages", "usages", "List who uses which version."),
        "unuse": Entry("usages", "unuse", "Forget that something uses a taxonomy."),
        "impact": Entry(
            "usages", "impact", "Show who is hit by the draft or a version, and by how much."
        ),
        "acknowledge": Entry("usages", "acknowledge", "Agree to what the draft does to a usage."),
    },
    "Tell": {
        "events": Entry("following", "events", "List what happened, to one taxonomy or to all."),
        "hook": Entry("following", "hook", "Tell a URL of every version that is published."),
        "hooks": Entry("following", "hooks", "List the webhooks of a taxonomy."),
        "unhook": Entry("following", "unhook", "Forget a webhook, and what was delivered to it."),
        "deliveries": Entry(
            "following", "deliveries", "List what was and is to be sent to a webhook."
        ),
    },
}
"""All verbs under the headings of the overview, in its order."""

VERBS: Mapping[str, Entry] = {
    name: entry for section in SECTIONS.values() for name, entry in section.items()
}

"""Who follows the log: events one after another, and webhooks that are told of each version."""

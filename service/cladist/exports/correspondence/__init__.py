"""A correspondence for tools that read tables or JSON; SSSOM and XKOS are written in ``rdf``."""

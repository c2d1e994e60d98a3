"""Where the words of the model meet RDF."""

"""The difference of two states, written for people, spreadsheets, programs and RDF stores."""

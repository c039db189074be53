"""`make bench`: the figures of the design."""

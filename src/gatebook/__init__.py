"""Gatebook: the book at the gate."""

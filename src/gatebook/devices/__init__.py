"""Devices: their keys and their tokens."""

"""What readers send, and what became of it."""

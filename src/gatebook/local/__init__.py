"""What runs on a developer's machine only; it is never staged into a function."""

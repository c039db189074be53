"""What runs on a developer's machine; none of it is staged into a function."""

"""What make makes and checks: packages, types, lock files."""

"""The platform, as the functions call it; it imports the ground alone."""

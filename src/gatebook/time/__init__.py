"""Time entries: calendars of them, and the sweep that ends what nobody ended."""

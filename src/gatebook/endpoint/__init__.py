"""What happens around a handler. No other room imports it."""

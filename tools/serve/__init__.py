"""The functions and the page behind one port, with a demo and a scheduler."""

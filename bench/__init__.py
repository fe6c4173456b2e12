"""Figures of speed, measured: `make bench`, `make bench ONLY=law`."""

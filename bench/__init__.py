"""Figures about speed, each beside its target: `make bench`."""

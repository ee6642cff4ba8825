"""Everything that `make run` starts, for one person on one machine: see docs/running.md."""

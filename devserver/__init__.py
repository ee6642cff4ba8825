"""Everything that `make run` starts, for one user on one machine: see docs/running.md."""

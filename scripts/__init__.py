"""What `make` calls; the product imports nothing of it."""

"""What a candidate fills in, one file per noun. A form checks and builds; it never saves."""

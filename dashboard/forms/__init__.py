"""What the dashboard's forms share. A form validates and builds; it never saves."""

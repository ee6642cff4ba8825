"""Leaving with everything, and coming back with it: export and import (docs/export.md)."""

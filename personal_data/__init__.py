"""Export and import (docs/export.md), account deletion and retention."""

"""Pictures as values: where each line, bar and word of an SVG stands. Templates draw them."""

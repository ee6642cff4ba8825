"""Charts as values: the positions of lines, bars and labels of an SVG. Templates draw them."""

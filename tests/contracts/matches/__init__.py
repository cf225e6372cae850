"""Where matches are kept, how they are shown, judged and counted: what every store promises."""

"""Tables of text."""

from __future__ import annotations

from collections.abc import Sequence

import click


def table(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print the rows under their head, the first column to the left and the others to the right."""
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    click.echo(f"\n{title}")
    for row in (head, ["-" * width for width in widths], *rows):
        first, *others = (
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        click.echo("  ".join((first, *others)).rstrip())


def rounded(figure: float) -> str:
    """Return the figure with the two or three digits that mean something."""
    if figure >= 100:
        return f"{figure:.0f}"
    return f"{figure:.1f}" if figure >= 10 else f"{figure:.2f}"

"""Tables of rules as tests write them by hand: a word, then a cell under each heading."""


def table(text: str) -> dict[str, dict[str, str]]:
    """First line: headings; then a word and its cells."""
    first, *rest = (line.split() for line in text.strip().splitlines())
    return {word: dict(zip(first, cells, strict=True)) for word, *cells in rest}


def cells(rows: dict[str, dict[str, str]]) -> list[tuple[str, str, str]]:
    """Every cell with its word and its heading."""
    return [(word, head, cell) for word, row in rows.items() for head, cell in row.items()]

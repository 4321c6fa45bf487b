"""A text cut short where there is no room for all of it."""


def clip(text: str, length: int) -> str:
    """The beginning of a text, up to a whole word where that leaves most of it.

    Args:
        length: in characters; the sign of what is left out comes on top.
    """
    if len(text) <= length:
        return text
    kept = text[:length]
    words = kept.rpartition(" ")[0]
    return f"{(words if len(words) * 2 > length else kept).rstrip()}…"

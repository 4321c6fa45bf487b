"""Padded lengths, so that sizes tell little: docs/lock-format.md, section 8."""


def padded_length(length: int) -> int:
    """The padded length of something of `length` bytes (Padmé; Nikitin et al., 2019, section 4.3).

    At most 12 % more; two contents of about the same size have the same padded length.
    """
    if length < 2:  # noqa: PLR2004 (there is no logarithm of a logarithm below)
        return length
    exponent = length.bit_length() - 1
    low_bits = exponent - exponent.bit_length()
    mask = (1 << low_bits) - 1
    return (length + mask) & ~mask


def is_padded(length: int) -> bool:
    """Whether a length is one that padding gives."""
    return padded_length(length) == length

"""Patterns of invoice numbers, and the number that comes next."""

from datetime import date

import pytest

from portalgen.invoice.numbering import file_of, is_number, number_of, numbering

DAY, NEXT_YEAR = date(2026, 11, 24), date(2027, 1, 2)

PATTERNS = {
    "YYYY-001": ("2026-001", "2026-002", "2027-001"),
    "YYYY-014": ("2026-014", "2026-015", "2027-001"),
    "AAAA-001": ("2026-001", "2026-002", "2027-001"),
    "JJJJ/001": ("2026/001", "2026/002", "2027/001"),
    "2026-001": ("2026-001", "2026-002", "2027-001"),
    "014/2026": ("014/2026", "015/2026", "001/2027"),
    "F-YYYY-0001": ("F-2026-0001", "F-2026-0002", "F-2027-0001"),
    "FAYYYYMM-01": ("FA202611-01", "FA202611-02", "FA202701-01"),
    "YY-1": ("26-1", "26-2", "27-1"),
    "F2-YYYY-001": ("F2-2026-001", "F2-2026-002", "F2-2027-001"),
    "COMMANDE-01": ("COMMANDE-01", "COMMANDE-02", "COMMANDE-02"),
    "2026": ("2026", "2027", "2027"),
}
"""The first number, the one after it, and the one after it in the next year."""


@pytest.mark.parametrize("pattern", PATTERNS)
def test_the_next_number(pattern: str) -> None:
    series = numbering(pattern)
    assert series is not None
    first = series.following({}, DAY)
    reached = series.reached([first])
    numbers = (first, series.following(reached, DAY), series.following(reached, NEXT_YEAR))
    assert numbers == PATTERNS[pattern]


@pytest.mark.parametrize(
    "pattern",
    ["", "YYYY", "MM-001", "YYYY YY-1", "YYYY-YYYY-1", "../YYYY-1", "YYYY 001", "N°001", "é1"],
)
def test_no_pattern(pattern: str) -> None:
    assert numbering(pattern) is None


@pytest.mark.parametrize(
    ("number", "count"),
    [
        ("2026-001", 1),
        ("2026-999", 999),
        ("2026-1000", 1000),
        ("2026-0001", None),
        ("2026-01", None),
        ("2026-000", None),
        ("F2026-001", None),
        ("2026-001\n", None),
        ("２０２６-001", None),
    ],
)
def test_where_a_number_stands(number: str, count: int | None) -> None:
    series = numbering("YYYY-001")
    assert series is not None
    position = series.position(number)
    assert (position.count if position else None) == count


@pytest.mark.parametrize(
    "number",
    ["", "..", ".", "../x", "/etc/passwd", "a\\b", "a b", "a\n", ".hidden", "x/", "é", "a" * 36],
)
def test_what_can_be_no_number(number: str) -> None:
    assert not is_number(number)


@pytest.mark.parametrize("number", ["2026-001", "2026/001", "a/../b", "F_1+2.3", "1"])
def test_a_number_and_its_file(number: str) -> None:
    assert is_number(number)
    assert "/" not in file_of(number)
    assert number_of(file_of(number)) == number


@pytest.mark.parametrize("file", ["2026%2f001.json", "..json", "a b.json", ".json", "x.json.json "])
def test_a_file_of_no_number(file: str) -> None:
    assert number_of(file) is None

"""A portal key stays while the people are the same, and is new as soon as anybody comes or goes."""

import shutil
from pathlib import Path

import pytest

from portalgen.canonical import EnvelopeError
from portalgen.envelope import make_link, new_secret
from portalgen.keyring import CACHE, Reader, kept_key, portal_key

PORTAL = "AAAAAAAAAAA"


@pytest.fixture(scope="module")
def readers() -> list[Reader]:
    made = [make_link(new_secret()) for _ in range(3)]
    return [(one.kid, one.read) for one in made]


def test_the_same_readers_the_same_key_and_wrap(readers: list[Reader], tmp_path: Path) -> None:
    first = portal_key(tmp_path, PORTAL, readers)
    assert portal_key(tmp_path, PORTAL, readers) == first
    assert kept_key(tmp_path, PORTAL) == first


@pytest.mark.parametrize(
    ("before", "after"), [([0, 1, 2], [0]), ([0, 1, 2], [1, 2]), ([0, 1], [0, 1, 2])]
)
def test_one_reader_less_or_more_is_a_new_key(
    before: list[int], after: list[int], readers: list[Reader], tmp_path: Path
) -> None:
    first = portal_key(tmp_path, PORTAL, [readers[i] for i in before])
    assert portal_key(tmp_path, PORTAL, [readers[i] for i in after]).key != first.key


def test_an_old_cache_brings_no_key_back_that_somebody_revoked_knows(
    readers: list[Reader], tmp_path: Path
) -> None:
    portal_key(tmp_path, PORTAL, readers[:2])
    shutil.copytree(tmp_path / CACHE, tmp_path / "restored")
    known_to_the_third = portal_key(tmp_path, PORTAL, readers)
    shutil.rmtree(tmp_path / CACHE)
    (tmp_path / "restored").rename(tmp_path / CACHE)
    assert portal_key(tmp_path, PORTAL, readers[:2]).key != known_to_the_third.key


def test_a_reader_with_other_keys_is_another(readers: list[Reader], tmp_path: Path) -> None:
    first = portal_key(tmp_path, PORTAL, readers[:1])
    replaced = [(readers[0][0], readers[1][1])]
    assert portal_key(tmp_path, PORTAL, replaced).key != first.key


def test_the_key_of_another_portal_is_not_taken(readers: list[Reader], tmp_path: Path) -> None:
    first = portal_key(tmp_path, PORTAL, readers)
    keys = tmp_path / CACHE / "keys"
    (keys / f"{PORTAL}.json").rename(keys / "BBBBBBBBBBA.json")
    assert portal_key(tmp_path, "BBBBBBBBBBA", readers).key != first.key


def test_nobody_to_read(tmp_path: Path) -> None:
    with pytest.raises(EnvelopeError):
        portal_key(tmp_path, PORTAL, [])

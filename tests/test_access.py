"""`portalgen access rotate`, `link` and `list`: lost passphrases, links, and who gets in."""

import pytest
from conftest import SMALLEST, TODAY, Run, Workspace
from people import (
    ACCESS,
    CLAIRE,
    HEAD,
    LINK,
    LINK_SECRET,
    MARC,
    MARC_PASSPHRASE,
    STUDIO,
    TWO,
    access_file,
    access_in,
    contents,
    kid_of,
    text_of,
)
from portals import envelope_of, open_portal, open_portal_by_link

from portalgen.envelope import WrongPassphraseError, open_link, open_person

GIVEN = "Sept Pommes, une échelle & le vent du nord"
PORTALS = {"studio.yaml": "name: Atelier Lumen\nportals: https://portals.example.org/\n"}


# --- rotate -------------------------------------------------------------------------------------

RENEWED = """\
Bonjour Marc Aubert,

Vous avez une nouvelle phrase de passe pour votre espace privé «\u00a0Site vitrine\u00a0». \
Vous la recevrez par un autre moyen, et l’ancienne ne fonctionne plus.

https://ADDRESS-OF-YOUR-PORTALS/salon/

Bien à vous,

Atelier Lumen
"""
STILL_OPENS = (
    "the old passphrase opens nothing that is built from now on; an earlier deploy that stays "
    "online still opens with it: delete it at your host\n"
)


def test_a_lost_passphrase(workspace: Workspace, run: Run) -> None:
    """New keys, in the same place; the link of the person and everything else stays."""
    link = LINK.replace("claire", "marc")
    root = workspace(
        {
            "salon/client.yaml": TWO,
            "salon/access.yaml": f"{HEAD}# Marc\n{MARC}# Claire\n{CLAIRE}{link}",
        }
    )
    assert run(root, "seal", "salon", "hosting", stdin="un code\n").code == 0
    ran = run(root, "access rotate", "salon", "marc")
    passphrase = ran.out.splitlines()[-1]
    assert (ran.code, ran.out) == (0, f"{RENEWED}\n{passphrase}\n")
    assert len(passphrase.split("-")) == 6
    assert ran.err == (
        "send this by email:\n"
        "\n"
        "and this another way, by SMS or by phone; it is shown once, and stands nowhere:\n"
        "\n"
        "\n"
        f"{STILL_OPENS}the link of Marc Aubert still opens; to take it back: "
        "portalgen access revoke salon marc --link\n"
        "Marc Aubert cannot read these codes until you seal them again:\n"
        "  portalgen seal salon hosting\n"
        "if somebody else had the passphrase, change the codes before you seal them\n"
        "the address is not known: write it into content/studio.yaml, such as\n"
        "  portals: https://portals.example.org/\n"
        "commit content/salon/access.yaml, build and deploy: then it opens\n"
    )
    text = text_of(access_file(root))
    assert text.startswith(f"{HEAD}# Marc\n- name: ")
    assert text.endswith(f"# Claire\n{CLAIRE}{link}")
    old, new = access_in(f"{HEAD}{MARC}").people[0], access_in(text).people[0]
    assert (new.name, new.granted, new.by) == (old.name, old.granted, old.by)
    assert new.kid != old.kid
    assert {new.read.x, new.sign.x}.isdisjoint({old.read.x, old.sign.x})
    with pytest.raises(WrongPassphraseError):
        open_person(new.locked, MARC_PASSPHRASE)
    run(root, "build")
    assert "Site vitrine" in open_portal(root / "output/salon", passphrase)["index"]
    assert old.kid not in envelope_of(root / "output/salon/index.html").readers


def test_the_author_loses_theirs(workspace: Workspace, run: Run) -> None:
    """No letter to oneself; the passphrase is one of their own choice."""
    root = workspace({"studio.yaml": "name: Lumen\nowner: Nadia\n", "access.yaml": STUDIO})
    ran = run(root, "access rotate", "--studio", "nadia", "--passphrase-stdin", stdin=GIVEN)
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == (
        f"{STILL_OPENS}commit content/access.yaml, build and deploy: then it opens\n"
    )
    (nadia,) = access_in(text_of(root / "content/access.yaml")).people
    assert nadia.name == "Nadia"
    open_person(nadia.locked, GIVEN)


# --- link ---------------------------------------------------------------------------------------


def test_a_link_opens_the_portal(workspace: Workspace, run: Run) -> None:
    """Also for somebody who has no passphrase."""
    root = workspace({**PORTALS, "salon/client.yaml": TWO})
    ran = run(root, "access link", "salon", "marc", "--by", "Paul")
    address, _, secret = ran.out.rstrip("\n").partition("#k=")
    assert (ran.code, address) == (0, "https://portals.example.org/salon/")
    assert ran.err == (
        "this link opens salon for Marc Aubert; it is shown once, and stands nowhere:\n"
        "\n"
        "\n"
        "whoever has it gets in, and the browser's history keeps it; it opens no sealed code\n"
        "to take it back: portalgen access revoke salon marc --link\n"
        "commit content/salon/access.yaml, build and deploy: then it opens\n"
    )
    assert text_of(access_file(root)).startswith(ACCESS)
    link = access_in(text_of(access_file(root))).people[1]
    assert (link.name, link.by, link.link) == ("marc", "Paul", True)
    assert link.granted.isoformat() == TODAY
    built = run(root, "build")
    assert (built.code, built.err) == (0, "")
    assert "opens for Claire Martin, Marc Aubert\n" in built.out
    assert "Site vitrine" in open_portal_by_link(root / "output/salon", secret)["index"]
    assert not any(secret.encode() in data for data in contents(root).values())


def test_a_second_link_takes_the_place_of_the_first(workspace: Workspace, run: Run) -> None:
    text = f"{HEAD}# son lien\n{LINK}# Claire\n{CLAIRE}"
    root = workspace({**PORTALS, "salon/access.yaml": text})
    ran = run(root, "access link", "salon", "claire")
    assert "the link that Claire Martin had before ends with the next build\n" in ran.err
    now = text_of(access_file(root))
    assert now.startswith(f"{HEAD}# son lien\n- name: ")
    assert now.endswith(f"# Claire\n{CLAIRE}")
    link, claire = access_in(now).people
    open_link(link.locked, ran.out.rstrip("\n").partition("#k=")[2])
    with pytest.raises(WrongPassphraseError):
        open_link(link.locked, LINK_SECRET)
    assert claire.kid == kid_of(CLAIRE)


def test_a_link_without_a_known_address(workspace: Workspace, run: Run) -> None:
    root = workspace({})
    ran = run(root, "access link", "salon", "claire")
    assert ran.out.startswith("https://ADDRESS-OF-YOUR-PORTALS/salon/#k=")
    assert (
        "the address is not known: write it into content/studio.yaml, such as\n"
        "  portals: https://portals.example.org/\n"
    ) in ran.err


# --- list ---------------------------------------------------------------------------------------


def test_who_gets_in(workspace: Workspace, run: Run) -> None:
    client = TWO.replace("contacts: [", "contacts: [{id: zoe, name: Zoé Le Gall 文}, ")
    root = workspace(
        {
            "access.yaml": STUDIO,
            "salon/client.yaml": client,
            "salon/access.yaml": f"{HEAD}{LINK}{CLAIRE}{MARC.replace('marc', 'hugo')}",
            "barbier/client.yaml": "name: Barbier\nproject: {title: Un site}\n",
        }
    )
    everybody = run(root, "access list")
    assert (everybody.code, everybody.err) == (0, "")
    assert everybody.out == (
        "portal        person             access         since       granted by\n"
        "every portal  Nadia              studio         2026-11-20\n"
        "salon         Zoé Le Gall 文     no access yet\n"
        "salon         Marc Aubert        no access yet\n"
        "salon         Claire Martin      passphrase     2026-11-20\n"
        "salon         Claire Martin      link           2026-11-22  Nadia Ferrand\n"
        "salon         hugo (no contact)  passphrase     2026-11-21  Nadia Ferrand\n"
    )
    assert run(root, "access list", "salon").out == everybody.out
    assert run(root, "access list", "barbier").out == (
        "portal        person  access  since       granted by\n"
        "every portal  Nadia   studio  2026-11-20\n"
    )


def test_a_list_says_what_it_cannot_read_and_goes_on(workspace: Workspace, run: Run) -> None:
    root = workspace(
        {
            "barbier/client.yaml": "nom: Barbier\n",
            "barbier/access.yaml": "people: 3\n",
            "salon/client.yaml": SMALLEST["salon/client.yaml"] + "nom: Salon\n",
        }
    )
    ran = run(root, "access list")
    assert ran.code == 1
    assert ran.out == (
        "portal  person  access      since       granted by\n"
        "salon   claire  passphrase  2026-11-20\n"
    )
    for file in ("barbier/client.yaml", "barbier/access.yaml", "salon/client.yaml"):
        assert f"content/{file}:" in ran.err

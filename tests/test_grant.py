"""`portalgen access grant`: who gets in, with which words, and what it leaves in the workspace."""

from pathlib import Path

import pytest
from conftest import CLIENT_PASSPHRASE, SMALLEST, STUDIO_PASSPHRASE, TODAY, Ran, Run, Workspace
from people import ACCESS, CLAIRE, HEAD, TWO, access_in, contents
from portals import open_portal

from portalgen.envelope import WrongPassphraseError, open_person, public_half
from portalgen.model.access import Access
from portalgen.model.record import Record
from portalgen.passphrase import load_words
from portalgen.problem import Source
from portalgen.yaml_source import read_yaml

GIVEN = "Sept Pommes, une échelle & le vent du nord"


def access_of(file: Path) -> Access:
    node, problems = read_yaml(Source(file.name, file.read_text("utf-8")))
    assert problems == []
    assert node is not None
    return Access.model_validate(node)


def passphrase_of(ran: Ran) -> str:
    """The passphrase is the last line, by itself, so that it can be piped."""
    assert ran.code == 0
    *_, before, passphrase, end = ["", "", *ran.out.split("\n")]
    assert (before, end) == ("", "")
    return passphrase


def assert_traceless(root: Path, passphrase: str) -> None:
    """Neither the passphrase nor its folded form, nor two of its words in a row, stand anywhere."""
    words = passphrase.lower().replace(" ", "-").split("-")
    pairs = ["-".join(words[n : n + 2]) for n in range(len(words) - 1)]
    everything = b"\n".join(contents(root).values()).decode("utf-8", "replace").lower()
    everything = everything.replace(" ", "-")
    assert [pair for pair in pairs if pair in everything] == []


@pytest.mark.parametrize(
    ("studio", "of_client", "words"),
    [
        ("fr", None, "fr"),
        ("en", None, "en"),
        ("fr", "en", "en"),
        ("en", "fr", "fr"),
        ("de", None, "en"),
        ("fr", "pt", "en"),
    ],
)
def test_six_words_of_the_clients_language(
    studio: str, of_client: str | None, words: str, workspace: Workspace, run: Run
) -> None:
    language = f"language: {of_client}\n" if of_client else ""
    root = workspace(
        {
            "studio.yaml": f"name: Atelier Lumen\nlanguage: {studio}\n",
            "salon/client.yaml": SMALLEST["salon/client.yaml"] + language,
            "salon/access.yaml": None,
        }
    )
    passphrase = passphrase_of(run(root, "access grant", "salon", "claire"))
    chosen = passphrase.split("-")
    assert len(chosen) == 6
    assert set(chosen) <= set(load_words(words))


def test_the_passphrase_opens_the_keys_and_stands_nowhere(workspace: Workspace, run: Run) -> None:
    root = workspace({"salon/access.yaml": None})
    passphrase = passphrase_of(run(root, "access grant", "salon", "claire"))
    (person,) = access_of(root / "content/salon/access.yaml").people
    keys = open_person(person.locked, passphrase)
    assert keys.kid == person.kid
    assert public_half(keys.read) == person.read.jwk
    assert public_half(keys.sign) == person.sign.jwk
    assert keys.read != keys.sign
    with pytest.raises(WrongPassphraseError):
        open_person(person.locked, passphrase[:-1])
    assert_traceless(root, passphrase)


LETTER = """\
Hello Claire,

Your private space for “Shop window” is open. It shows what we agreed, where the work stands, and \
all that you receive.

https://portals.example.org/clients/salon/

You will need a passphrase: a few words, which will reach you another way. They are for you \
alone; keep them in a safe place.

If anything is unclear, just answer this message.

Kind regards,

Nadia Ferrand
Atelier Lumen
"""


def test_two_messages_ready_to_send(workspace: Workspace, run: Run) -> None:
    """What to send goes to stdout, and what to do with it to stderr."""
    studio = "portals: https://portals.example.org/clients\n"
    client = "language: en\npath: salon\nproject: {title: Shop window}\ncontacts:\n"
    claire = "{id: claire, name: Claire Martin, greeting: Claire, email: c@salon.example"
    root = workspace(
        {
            "studio.yaml": f"name: Atelier Lumen\nowner: Nadia Ferrand\n{studio}",
            "salon/client.yaml": f"name: Salon\n{client}- {claire}, phone: 06 39 98 00 00}}\n",
            "salon/access.yaml": None,
        }
    )
    ran = run(root, "access grant", "salon", "claire")
    passphrase = passphrase_of(ran)
    assert ran.out == f"{LETTER}\n{passphrase}\n"
    assert ran.err == (
        "send this by email, to c@salon.example:\n"
        "\n"
        "and this another way, by SMS or by phone, to 06 39 98 00 00; "
        "it is shown once, and stands nowhere:\n"
        "\n"
        "\n"
        "commit content/salon/access.yaml, build and deploy: then it opens\n"
    )
    (person,) = access_of(root / "content/salon/access.yaml").people
    assert (person.by, person.granted.isoformat(), person.link) == ("Nadia Ferrand", TODAY, False)


def test_a_letter_in_french_to_somebody_called_tu(workspace: Workspace, run: Run) -> None:
    client = SMALLEST["salon/client.yaml"] + "address_form: tu\ndraft: yes\n"
    root = workspace({"salon/client.yaml": client, "salon/access.yaml": None})
    ran = run(
        root, "access grant", "salon", "Claire Martin", "--passphrase-stdin", "--by", "Paul Roux",
        stdin=GIVEN,
    )  # fmt: skip
    assert ran.code == 0
    assert ran.out.replace("\u00a0", " ").replace("\u202f", " ") == (
        "Bonjour Claire,\n\n"
        "Ton espace privé pour « Site vitrine » est ouvert. Tu y trouveras ce qui est convenu "
        "entre nous, où en est le travail et tout ce qui t’est remis.\n\n"
        "https://ADDRESS-OF-YOUR-PORTALS/salon/\n\n"
        "Il te faudra une phrase de passe : quelques mots, que tu recevras par un autre moyen. "
        "Elle est personnelle ; garde-la en lieu sûr.\n\n"
        "Si quelque chose n’est pas clair, réponds simplement à ce message.\n\n"
        "À bientôt,\n\n"
        "Atelier Lumen\n\n"
    )
    assert ran.err == (
        "send this by email:\n"
        "\n"
        "and the passphrase that you chose another way, such as by SMS or by phone\n"
        "the address is not known: write it into content/studio.yaml, such as\n"
        "  portals: https://portals.example.org/\n"
        "salon is a draft: take draft out of its client.yaml first\n"
        "commit content/salon/access.yaml, build and deploy: then it opens\n"
    )
    assert access_of(root / "content/salon/access.yaml").people[0].by == "Paul Roux"


def test_the_portal_opens_after_a_build(workspace: Workspace, run: Run) -> None:
    root = workspace({"salon/access.yaml": None})
    assert run(root, "build").code == 1
    passphrase = passphrase_of(run(root, "access grant", "salon", "claire"))
    built = run(root, "build")
    assert (built.code, built.err) == (0, "")
    assert "opens for Claire Martin" in built.out
    typed = passphrase.upper().replace("-", "  ")
    assert "Site vitrine" in open_portal(root / "output/salon", typed)["index"]
    assert_traceless(root, passphrase)


def test_each_passphrase_and_key_is_new(workspace: Workspace, run: Run) -> None:
    made = []
    for _ in range(2):
        root = workspace({"salon/access.yaml": None})
        passphrase = passphrase_of(run(root, "access grant", "salon", "claire"))
        access = access_of(root / "content/salon/access.yaml")
        person = access.people[0]
        made.append({passphrase, access.salt, access.portal, person.kid, person.read.x})
    assert made[0].isdisjoint(made[1])


def test_eight_words_for_the_studio(workspace: Workspace, run: Run) -> None:
    root = workspace({"salon/access.yaml": None})
    ran = run(root, "access grant", "--studio", "nadia")
    passphrase = passphrase_of(ran)
    assert ran.out.startswith(
        "Bonjour nadia,\n\nVous pouvez maintenant ouvrir notre tableau de bord et, de là, les "
        "espaces privés de tous nos clients.\n\nhttps://ADDRESS-OF-YOUR-PORTALS/studio/\n\n"
    )
    assert len(passphrase.split("-")) == 8
    assert set(passphrase.split("-")) <= set(load_words("fr"))
    access = access_of(root / "content/access.yaml")
    assert access.portal is None
    assert [person.name for person in access.people] == ["nadia"]
    open_person(access.people[0].locked, passphrase)
    assert run(root, "build").code == 0
    assert "Site vitrine" in open_portal(root / "output/salon", passphrase)["index"]
    assert_traceless(root, passphrase)


@pytest.mark.parametrize("typed", ["maelle", "MAËLLE", "maelle-guerin", "Maëlle Guérin"])
def test_the_owner_is_known_by_the_first_name(typed: str, workspace: Workspace, run: Run) -> None:
    """Be it that of a contact, too; and no letter is made out to its own author."""
    contacts = "contacts: [{id: maelle, name: Maëlle Guérin}]\n"
    root = workspace(
        {
            "studio.yaml": "name: Atelier Lumen\nowner: Maëlle Guérin\n",
            "salon/client.yaml": f"name: Salon\n{contacts}project: {{title: Site}}\n",
        }
    )
    ran = run(root, "access grant", "--studio", typed, "--passphrase-stdin", stdin=GIVEN)
    assert (ran.code, ran.out) == (0, "")
    (owner,) = access_of(root / "content/access.yaml").people
    assert owner.name == "Maëlle Guérin"
    for again in (typed, "Maëlle", "maelle guerin"):
        ran = run(root, "access grant", "--studio", again)
        assert ran.err.startswith("Error: Maëlle Guérin has access already\n")
    assert run(root, "access revoke", "--studio", "maelle").code == 0


def test_a_second_grant_keeps_the_first_to_the_letter(workspace: Workspace, run: Run) -> None:
    root = workspace({"salon/client.yaml": TWO})
    file = root / "content/salon/access.yaml"
    before = file.read_bytes()
    assert run(root, "seal", "salon", "hosting", stdin="un code\n").code == 0
    ran = run(root, "access grant", "salon", "marc")
    passphrase = passphrase_of(ran)
    assert (
        "Marc Aubert cannot read these codes until you seal them again:\n"
        "  portalgen seal salon hosting\n"
    ) in ran.err
    assert file.read_bytes().startswith(before)
    access = access_of(file)
    assert [person.name for person in access.people] == ["claire", "marc"]
    old = access_in(before.decode())
    assert (access.portal, access.salt) == (old.portal, old.salt)
    open_person(access.people[0].locked, CLIENT_PASSPHRASE)
    open_person(access.people[1].locked, passphrase)
    with pytest.raises(WrongPassphraseError):
        open_person(access.people[0].locked, passphrase)
    assert run(root, "build").code == 0


INDENTED = "".join(f"  {line}\n" for line in CLAIRE.splitlines())
KEYS = HEAD.removesuffix("people:\n")
LAYOUTS = {
    "comments": f"# à nous\n{KEYS}people: # les gens\n# Claire d’abord\n{CLAIRE}# la fin\n",
    "Windows line ends": ACCESS.replace("\n", "\r\n"),
    "no line end at the end": ACCESS.rstrip("\n"),
    "empty lines at the end": f"{ACCESS}\n\n",
    "a byte order mark": f"\ufeff{ACCESS}",
    "people indented": f"{HEAD}{INDENTED}",
    "people not last": f"people:\n{CLAIRE}{KEYS}",
    "people is empty": HEAD,
    "people is an empty list": f"{KEYS}people: []\n",
    "people is left out": KEYS,
    "a document's end": f"{ACCESS}...\n",
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_any_layout_of_the_file_stays_valid(name: str, workspace: Workspace, run: Run) -> None:
    """A layout it cannot add to is refused, and left as it is; nothing is ever broken.

    A link is added as a person is, and needs no half second for its keys.
    """
    text = LAYOUTS[name]
    root = workspace({"salon/client.yaml": TWO, "salon/access.yaml": text})
    file = root / "content/salon/access.yaml"
    before = file.read_bytes()
    ran = run(root, "access link", "salon", "marc")
    if ran.code:
        assert (ran.code, file.read_bytes()) == (1, before)
        assert ran.err.startswith(("Error:", "content/salon/access.yaml:"))
        return
    assert run(root, "check").err == "nothing to mend\n"
    assert {person.name for person in access_of(file).people} >= {"marc"}
    for line in text.split("\n"):
        assert line.strip().removesuffix(" []") in file.read_text("utf-8")


@pytest.mark.parametrize("name", ["people is empty", "people is an empty list", "comments"])
def test_the_usual_layouts_are_not_refused(name: str, workspace: Workspace, run: Run) -> None:
    """Taking somebody off, be it by hand, leaves such files."""
    root = workspace({"salon/client.yaml": TWO, "salon/access.yaml": LAYOUTS[name]})
    assert run(root, "access link", "salon", "marc").code == 0
    assert run(root, "check").err == "nothing to mend\n"


# --- passphrases given --------------------------------------------------------------------------


def test_a_passphrase_given(workspace: Workspace, run: Run) -> None:
    root = workspace({"salon/access.yaml": None})
    ran = run(root, "access grant", "salon", "claire", "--passphrase-stdin", stdin=f"{GIVEN}\n")
    assert ran.code == 0
    assert GIVEN not in ran.out + ran.err
    (person,) = access_of(root / "content/salon/access.yaml").people
    open_person(person.locked, GIVEN)
    open_person(person.locked, "sept pommes une echelle le vent du nord")
    assert_traceless(root, GIVEN)


@pytest.mark.parametrize(
    ("stdin", "message"),
    [
        ("", "is empty"),
        ("\n", "is empty"),
        ("   \t \n", "is empty"),
        ("\u00a0\u2028\n", "is empty"),
        ("--- ?!\n", "is empty"),
        ("\n" + GIVEN, "is empty"),
        ("secret\n", "can be guessed"),
        ("Pa$$w0rd\n", "can be guessed"),
        ("chat chat chat chat chat chat chat\n", "can be guessed"),
        ("quatre mots bien courts\n", "can be guessed"),
        ("é" * 40 + "\n", "can be guessed"),
    ],
)
@pytest.mark.parametrize("whom", [("salon", "claire"), ("--studio", "nadia")])
def test_a_weak_passphrase_is_refused(
    stdin: str, message: str, whom: tuple[str, str], workspace: Workspace, run: Run
) -> None:
    root = workspace({"salon/access.yaml": None})
    before = contents(root)
    ran = run(root, "access grant", *whom, "--passphrase-stdin", stdin=stdin)
    assert (ran.code, ran.out) == (1, "")
    assert message in ran.err
    assert contents(root) == before


def test_a_passphrase_that_is_not_utf8(workspace: Workspace, run: Run) -> None:
    root = workspace({"salon/access.yaml": None})
    before = contents(root)
    stdin = "Sept Pommes, une échelle & le vent du nord\n".encode("latin-1")
    ran = run(root, "access grant", "salon", "claire", "--passphrase-stdin", stdin=stdin)
    assert ran.code == 1
    assert contents(root) == before


# --- refusals -----------------------------------------------------------------------------------

BROKEN = SMALLEST["salon/client.yaml"] + "nom: Salon\n"
REFUSED: dict[str, tuple[dict[str, str | None], tuple[str, ...], int, str]] = {
    "no such client": ({}, ("salom", "claire"), 2, 'Did you mean "salon"?'),
    "nothing like it": ({}, ("xyz", "claire"), 2, "The clients are: salon."),
    "no person": ({}, ("salon",), 2, "Name a client and one of its contacts"),
    "too many": ({}, ("salon", "claire", "marc"), 2, "Name a client and one of its contacts"),
    "studio and a client": ({}, ("--studio", "salon", "nadia"), 2, "or --studio and a name"),
    "no such contact": ({}, ("salon", "clair"), 1, 'did you mean "claire"?'),
    "no contact of that name": ({}, ("salon", "xyz"), 1, "the contacts are: claire"),
    "already granted": ({}, ("salon", "claire"), 1, "claire has access already"),
    "already granted by name": ({}, ("salon", "Claire Martin"), 1, "claire has access already"),
    "broken client": (
        {"salon/client.yaml": BROKEN}, ("salon", "claire"), 1, "client.yaml:5:1: error[unknown-key]"
    ),
    "no client.yaml": ({"salon/client.yaml": None}, ("salon", "claire"), 1, "missing-file"),
    "broken access": (
        {"salon/client.yaml": TWO, "salon/access.yaml": f"{ACCESS}x: 1\n"},
        ("salon", "marc"),
        1,
        "access.yaml:12:1: error[unknown-key]",
    ),
    "damaged salt": (
        {"salon/client.yaml": TWO, "salon/access.yaml": "portal: TSMxaKVQADQ\nsalt: abc\n"},
        ("salon", "marc"),
        1,
        "access.yaml",
    ),
    "access without its portal": (
        {"salon/client.yaml": TWO, "salon/access.yaml": ACCESS.replace("portal:", "# portal:")},
        ("salon", "marc"),
        1,
        "access.yaml",
    ),
    "damaged keys": (
        {"salon/client.yaml": TWO, "salon/access.yaml": ACCESS.replace('x: "', 'x: "A')},
        ("salon", "marc"),
        1,
        "access.yaml",
    ),
    "broken studio": ({"studio.yaml": "nom: x\n"}, ("--studio", "nadia"), 1, "studio.yaml"),
    "an empty name": ({}, ("--studio", ""), 2, ""),
    "a blank name": ({}, ("--studio", "  "), 2, ""),
    "a name with a control sign": ({}, ("--studio", "na\x07dia"), 2, ""),
    "a name with a line end": ({}, ("--studio", "na\ndia"), 2, ""),
    "a name that is not UTF-8": ({}, ("--studio", "nadi\udce9"), 2, ""),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_a_reason_and_nothing_written(
    name: str, workspace: Workspace, run: Run
) -> None:
    files, words, code, message = REFUSED[name]
    root = workspace(files)
    before = contents(root)
    ran = run(root, "access grant", *words, "--passphrase-stdin", stdin=GIVEN)
    assert (ran.code, ran.out) == (code, "")
    assert "Error: " in ran.err
    assert message in ran.err
    assert contents(root) == before


def test_the_studio_twice(workspace: Workspace, run: Run) -> None:
    fixture = Path(__file__).parent / "fixtures/studio-access.yaml"
    root = workspace({"access.yaml": fixture.read_text("utf-8")})
    name = access_of(fixture).people[0].name
    before = contents(root)
    ran = run(root, "access grant", "--studio", name)
    assert (ran.code, ran.out) == (1, "")
    assert f"{name} has access already" in ran.err
    assert contents(root) == before
    passphrase = passphrase_of(run(root, "access grant", "--studio", "paul"))
    file = root / "content/access.yaml"
    assert file.read_bytes().startswith(fixture.read_bytes())
    first, second = access_of(file).people
    open_person(first.locked, STUDIO_PASSPHRASE)
    open_person(second.locked, passphrase)


def test_a_file_behind_a_link_is_not_written(
    workspace: Workspace, run: Run, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "access.yaml"
    elsewhere.write_text(ACCESS, "utf-8")
    root = workspace({"salon/client.yaml": TWO, "salon/access.yaml": None})
    (root / "content/salon/access.yaml").symlink_to(elsewhere)
    ran = run(root, "access grant", "salon", "marc", "--passphrase-stdin", stdin=GIVEN)
    assert ran.code == 1
    assert "outside-folder" in ran.err
    assert elsewhere.read_text("utf-8") == ACCESS
    assert (root / "content/salon/access.yaml").is_symlink()


def test_a_name_is_written_as_it_is(workspace: Workspace, run: Run) -> None:
    name = 'Zoé "la\\vue" #1: é'
    root = workspace({})
    assert run(root, "access grant", "--studio", name, "--passphrase-stdin", stdin=GIVEN).code == 0
    access: Record = access_of(root / "content/access.yaml")
    assert isinstance(access, Access)
    assert access.people[0].name == name
    assert run(root, "check").err == "nothing to mend\n"

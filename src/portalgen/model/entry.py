"""The entries of a client's collections: steps, deliverables, corrections, amendments, updates."""

from typing import Annotated, Literal

from pydantic import Field

from portalgen.model import fixed_values
from portalgen.model.body import Markdown
from portalgen.model.client import Consent, Moves
from portalgen.model.record import Record
from portalgen.model.values import (
    Amount,
    Day,
    Days,
    Items,
    Link,
    Text,
    Texts,
    YesNo,
    one_of,
)

StatusName = Literal["done", "in progress", "to do"]


class Entry(Record):
    """What every entry has: an id, and a body that the client reads."""

    filled_in = ("id",)

    id: Text = Field(description="short name, unique in the client's folder")
    text: Markdown | None = Field(None, description="what the client reads, in Markdown")


class Waiting(Record):
    """Something that only the client can give."""

    what: Text = Field(description="what we need")
    how: Text | None = Field(None, description="how to send it")
    from_: Text | None = Field(None, alias="from", description="who it is asked of")
    before: Day | None = Field(None, description="the day we need it by")


class Step(Entry):
    """A piece of the work."""

    begins_with = ("title", "due", "covers")

    title: Text = Field(description="what it is, in plain words")
    status: (
        Annotated[StatusName, one_of("unknown-status", "a status", "statuses", fixed_values.STATUS)]
        | None
    ) = Field(None, description="done, in progress or to do; follows from the dates if left out")
    started: Day | None = Field(None, description="the day it began")
    finished: Day | None = Field(None, description="the day it was done")
    due: Days | None = Field(None, description="a date, or a range first/last")
    moved: Moves = Field((), description="earlier promises for `due`")
    covers: Texts = Field((), description="requirements it serves, such as [R1, R3.2]")
    waiting: Waiting | None = Field(None, description="what we need from the client")
    question: Text | None = Field(None, description="a question to the client")
    internal: YesNo = Field(False, description="yes: never published")
    effort: Text | None = Field(None, description="for yourself; never published")

    @property
    def state(self) -> StatusName:
        """The status, as written or as it follows from the dates."""
        if self.status:
            return self.status
        if self.finished:
            return "done"
        return "in progress" if self.started else "to do"


class Account(Record):
    """An account to hand over. Its secret never stands here."""

    begins_with = ("for", "address", "login", "given")

    for_: Text = Field(alias="for", description="what the account is for")
    address: Text | None = Field(None, description="where one logs in")
    login: Text | None = Field(None, description="the name to log in with")
    owner: Text | None = Field(None, description="whom it belongs to")
    given: Day | None = Field(None, description="the day its access was given")
    received: Day | None = Field(None, description="the day the client confirmed it")
    changed: Day | None = Field(None, description="the day the client changed the secret")
    sealed: Text | None = Field(None, description="its sealed code, sealed/NAME.json")


class Deliverable(Entry):
    """Something the client receives; still to come until it has a date of delivery."""

    begins_with = ("title", "due", "covers")

    title: Text = Field(description="what it is, in plain words")
    version: Text | None = Field(None, description="its version")
    due: Days | None = Field(None, description="a date, or a range first/last")
    delivered: Day | None = Field(None, description="the day it was delivered")
    approved: Consent | None = Field(None, description="who approved it, when and how")
    files: Texts = Field((), description="files, from the client's folder")
    link: Link | None = Field(None, description="where it can be seen")
    covers: Texts = Field((), description="requirements it serves")
    question: Text | None = Field(None, description="a question to the client")
    accounts: Annotated[tuple[Account, ...], Items] = Field((), description="accounts handed over")


class Correction(Entry):
    """Something the client asked to change. It is part of the work."""

    begins_with = ("on", "by", "about", "text")

    on: Day | None = Field(None, description="the day it was asked")
    by: Text | None = Field(None, description="who asked: a contact's id, or a name")
    about: Text | None = Field(None, description="id of the step or deliverable it is about")
    done: Day | None = Field(None, description="the day it was done")
    withdrawn: Day | None = Field(None, description="the day the client withdrew it")
    reply: Text | None = Field(None, description="your answer")

    @property
    def is_open(self) -> bool:
        return self.done is None and self.withdrawn is None


class Amendment(Entry):
    """A change to what was agreed; requirements in its body are added."""

    begins_with = ("title", "price_change", "text")

    title: Text = Field(description="what changes, in plain words")
    agreed: Consent | None = Field(None, description="who agreed to it, when and how")
    removes: Texts = Field((), description="requirements that no longer stand")
    price_change: Amount | None = Field(None, description="what it adds to the price, without VAT")
    due_change: Days | None = Field(None, description="the new date for the project")
    why: Text | None = Field(None, description="the reason")


class Update(Entry):
    """An entry of the journal."""

    begins_with = ("on", "title", "text")

    on: Day = Field(description="its day; taken from the file's name when left out")
    title: Text = Field(description="its title")
    by: Text | None = Field(None, description="who wrote it")

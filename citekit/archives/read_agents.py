"""The people and bodies of a record, with their roles."""

from __future__ import annotations

from attrs import define, field

from citekit.archives.fields import AGENT_FIELDS
from citekit.archives.names import read_name, split_names
from citekit.archives.record import Agent, Said
from citekit.archives.titles import language_tag
from citekit.archives.values import SETTINGS, Values

__all__ = ["Agents"]


@define
class Agents:
    """The agents of one record, ``found`` in the order in which they are printed."""

    values: Values
    found: list[Agent] = field(factory=list)

    def of(self, role: str) -> list[Agent]:
        """The agents of a role."""
        return [agent for agent in self.found if agent.role == role]

    def read(self) -> None:
        """Read all names that the record states."""
        language = self.values.first("language")
        tag = language_tag(language.text) if language else ""
        for name, role in AGENT_FIELDS.items():
            for said in self.values.all(name):
                for text in [said.text] if said.hint else split_names(said.text):
                    self.named(text, role, said.origin, tag, said.hint)
        self._put_interviewees_first()

    def _put_interviewees_first(self) -> None:
        """The one who speaks is the author; a creator beside is who made the recording."""
        speakers = [agent.name for agent in self.found if agent.role == "interviewee"]
        if not speakers:
            return
        self.found.sort(key=lambda agent: agent.role != "interviewee")
        for agent in self.found:
            if agent.role == "creator" and agent.name not in speakers:
                self.values.tell(
                    "role-unused",
                    agent.origin,
                    agent.text,
                    "not printed: the author of an interview is who speaks in it",
                    self.values.how("interviewer"),
                )

    def named(self, text: str, role: str, origin: str, language: str = "", hint: str = "") -> None:
        """Read one name; what is doubtful about it is told."""
        own = self.values.site.names.get(text)
        if own is not None:
            self.found.append(Agent(own, role, SETTINGS))
            return
        read = read_name(text, language=language, hint=hint)
        for kind, done in read.doubts:
            self.values.tell(
                kind,
                origin,
                text,
                done,
                f'[names] "{text}" = {{ family = "…", given = "…" }}'
                ' or { literal = "…" } in the site\'s settings',
            )
        if read.name is None:
            return
        said = read.role if read.role and role in ("creator", "contributor") else role
        if said == "contributor" and not read.role:
            self.values.tell(
                "role-unknown",
                origin,
                text,
                "a contributor whose part isn't said",
                self.values.how("translator"),
            )
        if said == "other":
            self.values.tell(
                "role-unused", origin, text, "not printed: citations don't name this role"
            )
            return
        if not any((each.name, each.role) == (read.name, said) for each in self.found):
            self.found.append(Agent(read.name, said, origin))

    def correspondents(self, sender: str, recipient: str, said: Said) -> None:
        """A source that says "A to B" names the recipient, if A is the creator."""
        if not recipient or self.of("recipient"):
            return
        if any(_is_called(agent, sender) for agent in self.of("creator")):
            self.named(recipient, "recipient", said.origin)
            self.values.tell(
                "recipient-guessed",
                said.origin,
                said.text,
                f"the recipient is taken to be {recipient!r}",
                self.values.how("recipient"),
            )
        else:
            self.values.tell(
                "source-differs",
                said.origin,
                said.text,
                f"names {sender!r}, who isn't the creator: no recipient taken from it",
                self.values.how("recipient"),
            )


def _is_called(agent: Agent, text: str) -> bool:
    """Whether a text names an agent: in full, or by family name and beginning of given name."""
    called, spoken = agent.text.casefold(), text.casefold()
    family, given = agent.name.family.casefold(), agent.name.given.casefold()
    if called == spoken:
        return True
    return bool(family and given) and spoken.endswith(family) and spoken[0] == given[0]

"""What the business refuses, in French sentences that a page can show as they are."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from certif.domaine.libelles.ecrans import PAGE_INEXISTANTE, SESSION_CHANGEE


class ErreurMetier(Exception):
    """A refusal with a message for the user; nothing was changed."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Introuvable(ErreurMetier):
    """What the actor asked for does not exist, or not for them: the two are the same."""

    def __init__(self, message: str = PAGE_INEXISTANTE) -> None:
        super().__init__(message)


class PartieIntrouvable(Introuvable):
    """Something of a whole that the actor may see, and that was loaded; `message` says what is not there.

    The words are the same whether it is gone or never was, unless the whole itself remembers.
    """


class Refus(ErreurMetier):
    """A rule forbids the move; `regle` is its number, such as "R2"."""

    def __init__(self, message: str, regle: str = "") -> None:
        super().__init__(message)
        self.regle = regle


class SaisieInvalide(ErreurMetier):
    """Some fields are wrong: `champs` maps each field's name to its messages."""

    def __init__(self, champs: Mapping[str, Sequence[str]], message: str = "") -> None:
        self.champs = {nom: list(messages) for nom, messages in champs.items()}
        super().__init__(message or " ".join(m for messages in self.champs.values() for m in messages))


class Fautes:
    """What is wrong with the fields of a form, collected so that all of it is said at once."""

    def __init__(self) -> None:
        self.champs: dict[str, list[str]] = {}

    @contextmanager
    def recueillir(self) -> Iterator[None]:
        """Go on after a block that refuses some fields: what it would have given is not to be used."""
        try:
            yield
        except SaisieInvalide as refus:
            self.champs |= refus.champs

    def noter(self, champ: str, message: str) -> None:
        """This field is wrong, whatever else was said of it."""
        self.champs[champ] = [message]

    def lever(self) -> None:
        """Raise SaisieInvalide if anything was collected."""
        if self.champs:
            raise SaisieInvalide(self.champs)


class VersionPerimee(ErreurMetier):
    """The session, or what `message` says, changed since the form was shown.

    `changements` says what, when and by whom.
    """

    def __init__(self, changements: Sequence[str], message: str = SESSION_CHANGEE) -> None:
        super().__init__(message)
        self.changements = list(changements)


class ActionImpossible(ErreurMetier):
    """The state, or the role, does not allow this action now."""


class TropDeTentatives(ErreurMetier):
    """A throttle is reached; the message says when to try again."""


class ServiceIndisponible(ErreurMetier):
    """Something the action needs is missing (storage, space, queue); the message says what to do."""

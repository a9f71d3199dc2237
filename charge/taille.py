"""How much a load run fills, and who logs in to it."""

from dataclasses import dataclass

PETITE, GRANDE = 40, 2_000
"""Sessions of an ordinary entité, and of a large one."""
PAR_FORMATEUR = 20
PREMIERE_ENTITE, PREMIER_INDIVIDU, PREMIERE_SESSION = 1_000, 10_000, 10_000
"""First identifiers of what is filled in; what is there before has smaller ones."""


@dataclass(frozen=True, slots=True)
class Taille:
    """All of it follows from the number of sessions: by default a hundred thousand, and a million lines."""

    sessions: int = 100_000

    @property
    def grandes(self) -> int:
        """How many large entités there are: they hold a fifth of the sessions."""
        return max(1, self.sessions // 5 // GRANDE)

    @property
    def par_grande(self) -> int:
        """Sessions of each of them: fewer than `GRANDE` where there are too few sessions."""
        return min(GRANDE, self.sessions // 5)

    @property
    def entites(self) -> int:
        return self.grandes + -(-(self.sessions - self.grandes * self.par_grande) // PETITE)

    @property
    def individus(self) -> int:
        return max(self.sessions // 2, 2 * self.entites + self.formateurs)

    @property
    def formateurs(self) -> int:
        """Those who have sessions."""
        return -(-self.sessions // PAR_FORMATEUR)

    @property
    def effacees(self) -> int:
        """Sessions that were purged: the register and their bilan are what is left."""
        return self.sessions * 2 // 5

    def entite_de(self, rang: int) -> int:
        """Of which entité, counted from 0, the session of this rank is."""
        reste = rang - self.grandes * self.par_grande
        return rang // self.par_grande if reste < 0 else self.grandes + reste // PETITE

    def grande(self, rang: int) -> str:
        """Who logs in as gestionnaire of a large entité."""
        return gestionnaire(rang % self.grandes)

    def petite(self, rang: int) -> str:
        """Who logs in as gestionnaire of an ordinary one."""
        return gestionnaire(self.grandes + rang % (self.entites - self.grandes))

    def formateur(self, rang: int) -> str:
        """Who logs in as formateur: of ordinary entités, the last ones."""
        return formateur(self.formateurs - 1 - rang % (self.formateurs // 2))


def gestionnaire(entite: int) -> str:
    """The address of the one of this entité."""
    return f"gestionnaire{entite}@charge.example"


def delegataire(entite: int) -> str:
    """The address of the one of this entité."""
    return f"delegataire{entite}@charge.example"


def formateur(rang: int) -> str:
    """The address of the one of this rank."""
    return f"formateur{rang}@charge.example"

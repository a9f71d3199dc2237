"""*Annuler et refaire* (R14): the choice, its recap, what is told afterwards."""

from collections.abc import Sequence
from datetime import date

from certif.domaine.libelles.assistance import l_administrateur
from certif.domaine.libelles.certificats.generation import certificats
from certif.domaine.libelles.typographie import francais, phrase, pluriel

CHOISIR_UN_CERTIFICAT = francais("Choisissez au moins un certificat à annuler.")
INTRODUCTION = francais(
    "Un nom mal écrit, une date fausse, un certificat délivré par erreur : annulez-le, puis refaites-le dans "
    "une session rectificative."
)
PUBLIC = francais(
    "Qui vérifiera un numéro annulé lira qu'il n'est plus valable, et depuis quand : jamais pourquoi."
)
REFAIRE = francais("Ouvrir une session rectificative")
# « Annuler » alone would say both.
CONFIRMER = francais("Annuler définitivement")
PRECISIONS_AIDE = francais(
    "Lues par les gestionnaires de votre entité seulement, effacées avec la session. 500 caractères au plus."
)
PRECISIONS_SANS_PUBLIC = francais(
    "Gardées avec la session, jamais montrées au public. 500 caractères au plus."
)
CERTIFICAT_ANNULE = francais("Ce certificat a été annulé : il ne peut plus être téléchargé ni remis.")
CERTIFICATS_ANNULES = francais("L'un de ces certificats a été annulé : choisissez parmi ceux qui restent.")
CERTIFICAT_ABSENT = francais("Ce certificat n'est pas dans cette session.")
TOUT_EST_ANNULE = francais(
    "Tous les certificats de cette session sont annulés : il n'y a plus rien à télécharger."
)
EN_RECONSTITUTION = francais(
    "Le fichier zip se prépare de nouveau, sans les certificats annulés. "
    "En attendant, chaque certificat se télécharge seul, dans la liste ci-dessous."
)


def reconstitution_en_retard() -> str:
    return phrase(
        "La préparation du fichier zip prend plus de temps que prévu. Rien n'est perdu : elle reprendra "
        "d'elle-même. Si rien n'a changé dans une heure, prévenez {l_administrateur}.",
        l_administrateur=l_administrateur(),
    )


def titre(nombre: int) -> str:
    return francais("Annuler ce certificat ?" if nombre < 2 else f"Annuler {certificats(nombre)} ?")


def tous(nombre: int) -> str:
    """Beside the choice, to cancel everything at once."""
    return f"Annuler les {certificats(nombre)}"


def effets(nombre: int, restants: int) -> list[str]:
    """What will happen, one sentence each; `restants` are those that stay in force."""
    sujet = "Ce certificat ne sera" if nombre < 2 else "Ces certificats ne seront"
    accord = "" if nombre < 2 else "s"
    reste = (
        "Le fichier zip sera refait avec "
        + ("l'autre certificat" if restants == 1 else f"les {restants} autres certificats")
        if restants
        else "La session n'aura plus aucun certificat à télécharger"
    )
    return [
        francais(f"{sujet} plus jamais valable{accord}, ni téléchargeable{accord} : c'est irréversible."),
        francais(
            "S'il a déjà été remis, prévenez son titulaire."
            if nombre < 2
            else "S'ils ont déjà été remis, prévenez leurs titulaires."
        ),
        f"{francais(reste)}.",
    ]


def effet_refaire(nombre: int) -> str:
    """R14: what the rectificative session takes over."""
    qui = "ce stagiaire" if nombre < 2 else f"ces {nombre} stagiaires"
    return francais(
        f"Déjà remplie, avec {qui} seulement : vous corrigez, le formateur valide de nouveau. "
        "Décochez pour annuler sans refaire (déclaré à tort, fraude)."
    )


def fait(numero: int, nombre: int, rectificative: int | None) -> str:
    """Once it is done, on the next page."""
    sont = "est annulé" if nombre < 2 else "sont annulés"
    if rectificative is None:
        return phrase(
            "{combien} de la session n°{numero} {sont}.",
            combien=certificats(nombre),
            numero=numero,
            sont=sont,
        )
    return phrase(
        "{combien} de la session n°{numero} {sont}. Voici la session rectificative : "
        "corrigez la saisie, puis soumettez-la au formateur.",
        combien=certificats(nombre),
        numero=numero,
        sont=sont,
    )


def annule_le(jour: date, motif: str) -> str:
    """`Annulé le 12/06/2026 : erreur d'identité`; `motif` is the reason in words, or "" when unknown."""
    if not motif:
        return phrase("Annulé le {jour:%d/%m/%Y}", jour=jour)
    return phrase("Annulé le {jour:%d/%m/%Y} : {motif}", jour=jour, motif=motif[:1].lower() + motif[1:])


def entre_guillemets(precisions: str) -> str:
    """The private text, quoted as it was typed."""
    return f"«\u00a0{precisions}\u00a0»"


def titre_annules(nombre: int) -> str:
    """`1 certificat annulé`."""
    return pluriel(nombre, "certificat annulé", "certificats annulés")


def session_rectificative(numero: int, origine: int) -> str:
    """R14: `Session n°131, rectificative de la n°125`."""
    return f"Session n°{numero}, rectificative de la n°{origine}"


def objet(nombre: int) -> str:
    """Subject of the mail to whoever declared the session."""
    return titre_annules(nombre)


def phrase_courrier(nombre: int, numero: int, rectificative: int | None) -> str:
    quoi = f"{certificats(nombre)} de la session n°{numero}"
    verbe = "vient d'être annulé" if nombre < 2 else "viennent d'être annulés"
    suite = "Si vous l'avez déjà remis" if nombre < 2 else "Si vous les avez déjà remis"
    qui = "prévenez son titulaire" if nombre < 2 else "prévenez leurs titulaires"
    refait = (
        f" La session n°{rectificative}, rectificative, est ouverte pour refaire ce qui doit l'être."
        if rectificative is not None
        else ""
    )
    return f"{quoi} {verbe}. La page de la session dit lesquels. {suite}, {qui}.{refait}"


def phrase_courrier_apres_purge(numeros: Sequence[str], numero: int) -> str:
    """`numeros` as people read them."""
    verbe = "vient d'être annulé" if len(numeros) < 2 else "viennent d'être annulés"
    return (
        f"{certificats(len(numeros))} de la session n°{numero} {verbe} par l'administrateur : "
        f"{', '.join(numeros)}."
    )

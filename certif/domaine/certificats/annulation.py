"""*Annuler et refaire* (R14): by a gestionnaire while the session exists, all in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass

from certif.domaine.acteur import Acteur
from certif.domaine.certificats.annonces import annoncer_annulation
from certif.domaine.certificats.modeles import CertificatEmis
from certif.domaine.certificats.production.emis import absence_de, en_vigueur
from certif.domaine.certificats.retrait import annuler_au_registre, retirer_les_fichiers
from certif.domaine.erreurs import Fautes
from certif.domaine.journal import consigner
from certif.domaine.libelles.certificats import annulation as textes
from certif.domaine.libelles.certificats.generation import certificats
from certif.domaine.sessions.actions.rectification import ouvrir_rectificative, rectificative_ouverte
from certif.domaine.sessions.etats import Action
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.modification import conclure, ouvrir
from certif.domaine.sessions.regles import resultats
from certif.socle.base.transaction import transaction
from certif.socle.rupture import point_de_rupture


@dataclass(frozen=True)
class Annulation:
    """What was asked: which certificates, by id, why, and whether they are to be made again.

    `motif` and `precisions` are as typed; `precisions` is private and goes with the session.
    """

    certificats: tuple[int, ...]
    motif: str = ""
    precisions: str = ""
    refaire: bool = True


def annuler_et_refaire(acteur: Acteur, numero: int, version: int, annulation: Annulation) -> int | None:
    """Cancel certificates of a generated session; a repeated click does nothing.

    Returns the number of the rectificative session, None when none was asked for.

    Raises:
        Introuvable: not this actor's session, or a certificate that is not one of its own in force.
        VersionPerimee, ActionImpossible: as for any move; a délégataire cannot make this one.
        SaisieInvalide: no certificate is chosen, the reason is missing, the text is too long (`certificat`,
            `motif`, `precisions`).
    """
    contenu = [
        sorted(annulation.certificats),
        annulation.motif,
        annulation.precisions,
        annulation.refaire,
    ]
    with transaction():
        session_certif = ouvrir(acteur, numero, version, Action.ANNULER_ET_REFAIRE, contenu)
        if session_certif is None:
            return rectificative_ouverte(numero, version)
        choisis = _choisis(numero, annulation.certificats)
        motif, precisions = _motif(choisis, annulation)
        annuler_au_registre([c.numero for c in choisis], motif, precisions)
        rectificative = _refaire(session_certif, choisis, acteur) if annulation.refaire else None
        retirer_les_fichiers(session_certif, choisis)
        conclure(
            session_certif,
            acteur,
            Action.ANNULER_ET_REFAIRE,
            contenu=contenu,
            details=[certificats(len(choisis))],
        )
        consigner(
            acteur,
            Action.ANNULER_ET_REFAIRE.value,
            "session",
            numero,
            apres={"numeros": [c.numero for c in choisis], "motif": motif, "rectificative": rectificative},
        )
        annoncer_annulation(session_certif, len(choisis), rectificative, auteur_id=acteur.individu_id)
        point_de_rupture("annulation_avant_commit")
    point_de_rupture("annulation_apres_commit")
    return rectificative


def _choisis(numero: int, ids: Sequence[int]) -> list[CertificatEmis]:
    choisis = [c for c in en_vigueur(numero) if c.id in ids]
    if len(choisis) != len(set(ids)):
        raise absence_de(numero, set(ids))
    return choisis


def _motif(choisis: Sequence[CertificatEmis], annulation: Annulation) -> tuple[str, str]:
    """The reason and the text, and everything that is wrong with the form at once."""
    fautes = Fautes()
    if not choisis:
        fautes.noter("certificat", textes.CHOISIR_UN_CERTIFICAT)
    with fautes.recueillir():
        motif, precisions = resultats.verifier_motif_annulation(annulation.motif, annulation.precisions)
    fautes.lever()
    return motif, precisions


def _refaire(session_certif: SessionCertification, choisis: Sequence[CertificatEmis], acteur: Acteur) -> int:
    """The number of the rectificative session, opened for the holders of these certificates."""
    titulaires = {c.stagiaire_id for c in choisis}
    stagiaires = [s for s in session_certif.stagiaires if s.id in titulaires]
    return ouvrir_rectificative(session_certif, stagiaires, acteur).numero

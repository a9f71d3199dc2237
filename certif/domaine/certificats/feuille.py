"""The sheet of a session, to be signed by its trainees, before the formateur sends their results."""

from certif.documents.de_session.entete import DonneesFeuille, EnTete, Inscrit
from certif.documents.de_session.feuille import demander_feuille
from certif.documents.hors_processus import DocumentIndisponible
from certif.domaine.acteur import Acteur
from certif.domaine.erreurs import ActionImpossible, Introuvable, SaisieInvalide, ServiceIndisponible
from certif.domaine.libelles.certificats import dossier as mots
from certif.domaine.noms import majuscules, nom_affiche
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.portee import charger
from certif.domaine.sessions.presentation import en_saisie, feuille_utile
from certif.socle.horloge import aujourd_hui

DEMI_JOURNEES = range(2, 9)
DEMI_JOURNEES_D_USAGE = 4
_GROUPE = 10
_EN_PLUS = 2


def feuille(acteur: Acteur, numero: int, demi_journees: int) -> tuple[str, bytes]:
    """The name and the bytes of the sheet of a session; what a draft lacks is left to be filled in by hand.

    Raises:
        Introuvable: not this actor's session; a formateur never has a PDF (R9).
        SaisieInvalide: not 2 to 8 half-days.
        ActionImpossible: the results are known: nothing is left to be signed.
        ServiceIndisponible: it cannot be laid out, or not now.
    """
    if not acteur.est_entite:
        raise Introuvable
    session_certif = charger(acteur, numero)
    if demi_journees not in DEMI_JOURNEES:
        raise SaisieInvalide({"demi_journees": [mots.DEMI_JOURNEES]})
    if not feuille_utile(session_certif):
        raise ActionImpossible(mots.FEUILLE_INUTILE)
    try:
        pdf = demander_feuille(_donnees(session_certif, demi_journees))
    except DocumentIndisponible as erreur:
        raise ServiceIndisponible(erreur.message) from erreur
    return f"feuille_session-{numero}.pdf", pdf


def _donnees(s: SessionCertification, demi_journees: int) -> DonneesFeuille:
    formateur = s.formateur
    entete = EnTete(
        session_numero=s.numero,
        entite=s.entite.raison_sociale,
        dispositif_niveau=s.niveau.libelle if s.niveau else "",
        certificat_libelle=s.certificat.libelle if s.certificat else "",
        certificat_titre=s.certificat.titre if s.certificat else "",
        identification=s.identification.libelle if s.identification else "",
        lieu=s.lieu,
        date_fin=s.date_fin,
        formateur=nom_affiche(formateur.nom, formateur.prenom) if formateur else "",
        nom_commercial=s.nom_commercial.libelle if s.nom_commercial else "",
    )
    inscrits = tuple(
        Inscrit(nom=majuscules(qui.nom), prenom=qui.prenom, date_naissance=qui.date_naissance)
        for qui in s.stagiaires
    )
    # A draft may still gain people: room for a usual group, and for those who come unannounced.
    vides = max(_EN_PLUS, _GROUPE - len(inscrits)) if en_saisie(s) else 0
    return DonneesFeuille(
        entete=entete,
        inscrits=inscrits,
        vides=vides,
        demi_journees=demi_journees,
        mention=mots.NOTICE_STAGIAIRES,
        emis_le=aujourd_hui(),
    )

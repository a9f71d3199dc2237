"""The procès-verbal of a session: what an auditor asks for a year later, once the session is erased."""

from dataclasses import dataclass
from datetime import date

from certif.documents.de_session.entete import EnTete
from certif.documents.de_session.tete import PORTRAIT, fait, pied, tete
from certif.documents.rendu.mise_en_page import Bloc
from certif.documents.rendu.pages import FORT, colonne, en_nfc, imprimer, jour, poser, textes

TITRE = "Procès-verbal de session"


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """One trainee and what became of them: `resultat` with the reason of an échec, `certificat` or ""."""

    nom: str
    prenom: str
    date_naissance: date | None
    resultat: str
    certificat: str


@dataclass(frozen=True, slots=True)
class Acte:
    """One move of the session: when (in words, in Paris), what, and by whom in which role."""

    quand: str
    quoi: str
    par: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcesVerbal:
    """Everything that it says; `bilan` sums the results up, `mention` says how the file is verified."""

    entete: EnTete
    participants: tuple[Participant, ...]
    actes: tuple[Acte, ...]
    validite: str
    rectifie: str
    bilan: str
    mention: str
    emis_le: date


@dataclass(frozen=True, slots=True)
class _Ligne:
    titulaire: Bloc
    naissance: Bloc
    resultat: Bloc
    numero: Bloc


def rendre_proces_verbal(pv: ProcesVerbal) -> bytes:
    """Facts, results, then moves, oldest first; the head comes again on each page.

    Raises:
        RenduImpossible: a text cannot be printed, or does not read back.
    """
    pv = en_nfc(pv)
    e, (largeur, hauteur) = pv.entete, PORTRAIT
    resultats = [_ligne(p) for p in pv.participants]
    actes = [_acte(a) for a in pv.actes]
    attendus = [t for ligne in resultats for t in textes((ligne.titulaire, ligne.resultat, ligne.numero))]
    attendus += [t for acte in actes for t in textes((acte["quand"], acte["quoi"], acte["par"]))]
    return imprimer(
        "proces_verbal.html",
        pv.emis_le,
        attendus,
        e=e,
        titre=TITRE,
        largeur=largeur,
        hauteur=hauteur,
        tete=tete(e, largeur),
        sous=pied(f"{TITRE} n°{e.session_numero}, établi le {jour(pv.emis_le)}", largeur),
        paires=_faits(pv),
        phrase=poser("bilan", [pv.bilan], colonne(515, 9)),
        resultats=resultats,
        actes=actes,
        mention=poser("mention", [pv.mention], colonne(515, 7.5)),
    )


def _faits(pv: ProcesVerbal) -> list[tuple[str, Bloc]]:
    e = pv.entete
    faits = {
        "Entité": e.entite,
        "Nom imprimé sur les certificats": e.nom_commercial,
        "Habilitation": e.habilitation,
        "Dispositif et niveau": e.dispositif_niveau,
        "Certificat": e.certificat,
        "Identification": e.identification,
        "Lieu de formation": e.lieu,
        "Date de fin de session": jour(e.date_fin),
        "Validité des certificats": pv.validite,
        "Formateur": e.formateur,
        "Session rectifiée": pv.rectifie,
    }
    return [fait(quoi, texte, 245) for quoi, texte in faits.items() if texte]


def _ligne(p: Participant) -> _Ligne:
    return _Ligne(
        poser("stagiaire", [p.nom, p.prenom], colonne(154, 9, FORT, 72)),
        poser("naissance", [jour(p.date_naissance)], colonne(52)),
        poser("résultat", [p.resultat], colonne(120)),
        poser("numéro", [p.certificat or "—"], colonne(125)),
    )


def _acte(a: Acte) -> dict[str, Bloc]:
    return {
        "quand": poser("date", [a.quand], colonne(100)),
        "quoi": poser("acte", [a.quoi], colonne(205)),
        "par": poser("intervenant", [a.par], colonne(180)),
    }

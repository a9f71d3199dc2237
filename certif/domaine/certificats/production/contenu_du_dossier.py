"""What the dossier of a session holds: rows read once, as they are, then documents made of nothing else."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from certif.documents.calendrier import rendre_calendrier
from certif.documents.de_session.cartes import rendre_cartes
from certif.documents.de_session.echeances import rendre_echeances
from certif.documents.de_session.entete import EnTete
from certif.documents.de_session.proces_verbal import Acte, Participant, ProcesVerbal, rendre_proces_verbal
from certif.documents.de_session.recueil import Feuillet, rendre_recueil
from certif.documents.de_session.remise import rendre_remise
from certif.documents.donnees import DonneesCertificat
from certif.documents.sceau.sceau import Sceau
from certif.documents.sceau.scellement import sceller
from certif.domaine.certificats.modeles import LigneRegistre, SorteFichier, StatutRegistre
from certif.domaine.certificats.production.emis import emis_de
from certif.domaine.certificats.production.fichiers import lire_intact
from certif.domaine.certificats.registre.numeros import presenter
from certif.domaine.certificats.remise.calendrier import echeances
from certif.domaine.libelles.certificats import dossier as mots
from certif.domaine.noms import majuscules, nom_affiche
from certif.domaine.personnes.modeles import Individu
from certif.domaine.sessions.etats import Action
from certif.domaine.sessions.modeles import Evenement, SessionCertification, Stagiaire
from certif.domaine.sessions.propositions import corriges_sur_proposition
from certif.domaine.sessions.valeurs import Resultat
from certif.domaine.temps import date_de, format_date_heure
from certif.socle.adresses import adresse
from certif.socle.base.extensions import db

VERIFICATION = "/verifier"


class CertificatAltere(Exception):
    """A stored certificate is missing, or is not the one that was issued: it goes into no dossier."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One issued certificate: where its file is, and what it says."""

    cle: str
    sha256: str
    donnees: DonneesCertificat


@dataclass(frozen=True, slots=True)
class Contenu:
    """All that the documents of one session are made of."""

    session_numero: int
    entete: EnTete
    pieces: tuple[Piece, ...]
    proces_verbal: ProcesVerbal
    emis_le: date


@dataclass(frozen=True, slots=True)
class Document:
    """One file of the dossier; `sorte` is its kind in the register, None for a file without seal."""

    nom: str
    sorte: SorteFichier | None
    octets: bytes


def rassembler(session_certif: SessionCertification) -> Contenu:
    """Read everything, in the caller's transaction; certificates whose file was withdrawn are left out.

    Raises:
        ValueError: the session is not generated.
    """
    s = session_certif
    if s.genere_le is None or s.date_fin is None or s.certificat is None or s.formateur is None:
        raise ValueError("only a generated session has a dossier")
    emis = db.session.scalars(emis_de(s.numero)).all()
    if not emis:
        raise ValueError("a generated session has certificates")
    registre = {
        ligne.numero: ligne
        for ligne in db.session.scalars(select(LigneRegistre).filter_by(session_numero=s.numero))
    }
    emis_le = date_de(s.genere_le)
    # As frozen at the click: entité, habilitation, certificat, place and formateur may have changed since.
    geles = [DonneesCertificat.de_json(c.donnees) for c in emis]
    gele, inscrit = geles[0], registre[emis[0].numero]
    entete = EnTete(
        session_numero=s.numero,
        entite=gele.entite,
        dispositif_niveau=gele.dispositif_niveau,
        certificat_libelle=gele.certificat_libelle,
        certificat_titre=gele.certificat_titre,
        identification=gele.identification,
        lieu=gele.lieu,
        date_fin=gele.date_fin,
        formateur=mots.formateur(gele.formateur, s.formateur.numero),
        habilitation=mots.habilitation(
            inscrit.habilitation_numero, inscrit.habilitation_debut, inscrit.habilitation_fin
        ),
        nom_commercial=gele.nom_commercial,
    )
    numeros = {c.stagiaire_id: _numero(registre[c.numero]) for c in emis}
    corriges = corriges_sur_proposition(s)
    auteurs = _auteurs(s) if corriges else ()
    pv = ProcesVerbal(
        entete=entete,
        participants=tuple(_participant(qui, numeros, qui.id in corriges, auteurs) for qui in s.stagiaires),
        actes=_actes(s.numero),
        validite=mots.validite(gele.debut_validite, gele.fin_validite),
        rectifie=mots.rectifie(s.rectifie_numero) if s.rectifie_numero else "",
        bilan=mots.bilan(len(s.reussites), len(s.stagiaires) - len(s.reussites), emis_le),
        mention=mots.mention(adresse(VERIFICATION)),
        signataire=", ".join(filter(None, (gele.signataire, gele.signataire_qualite))),
        emis_le=emis_le,
    )
    pieces = tuple(
        Piece(c.cle_objet, c.sha256, donnees)
        for c, donnees in zip(emis, geles, strict=True)
        if c.cle_objet is not None and c.sha256 is not None
    )
    return Contenu(s.numero, entete, pieces, pv, emis_le)


def fabriquer(contenu: Contenu, sceau: Sceau, deja: Collection[str] = ()) -> Iterator[Document]:
    """The files one after the other, the longest first, but those named in `deja`.

    Without certificates, the procès-verbal alone.

    Raises:
        CertificatAltere, RenduImpossible, StockageIndisponible: the dossier cannot be made.
    """
    for nom, sorte, rendre in _recettes(contenu):
        if nom not in deja:
            octets = rendre()
            yield Document(nom, sorte, octets if sorte is None else sceller(octets, sceau))


def _recettes(contenu: Contenu) -> Iterator[tuple[str, SorteFichier | None, Callable[[], bytes]]]:
    """Each file by its name, its kind in the register, and how it is made."""
    donnees = [piece.donnees for piece in contenu.pieces]
    e, numero, jour = contenu.entete, contenu.session_numero, contenu.emis_le
    titre = f"{mots.RECUEIL} de la session n°{numero}"
    if donnees:
        yield (
            "certificats.pdf",
            SorteFichier.RECUEIL,
            lambda: rendre_recueil([_feuillet(piece) for piece in contenu.pieces], titre, e.entite),
        )
        yield "cartes.pdf", SorteFichier.CARTES, lambda: rendre_cartes(donnees, numero, jour)
        yield "liste-de-remise.pdf", SorteFichier.REMISE, lambda: rendre_remise(e, donnees, jour)
    pv = contenu.proces_verbal
    yield "proces-verbal.pdf", SorteFichier.PROCES_VERBAL, lambda: rendre_proces_verbal(pv)
    if any(d.fin_validite for d in donnees):
        yield "echeances.xlsx", None, lambda: rendre_echeances(donnees)
        yield "echeances.ics", None, lambda: rendre_calendrier(echeances(numero, donnees))


def _feuillet(piece: Piece) -> Feuillet:
    octets = lire_intact(piece.cle, piece.sha256)
    if octets is None:
        raise CertificatAltere
    return Feuillet(octets, piece.donnees.titulaire, piece.donnees.numero)


def _numero(ligne: LigneRegistre) -> str:
    numero = presenter(ligne.numero)
    return (
        mots.annule(numero, ligne.annule_le)
        if ligne.annule_le and ligne.statut is StatutRegistre.ANNULE
        else numero
    )


def _auteurs(s: SessionCertification) -> tuple[str, ...]:
    """Who may have proposed corrections, when the formateur of the session is not alone to have had it."""
    requete = (
        select(Individu)
        .where(
            Individu.id.in_(
                select(Evenement.acteur_id).where(
                    Evenement.session_numero == s.numero,
                    Evenement.action.in_((Action.ENVOYER_RESULTATS, Action.RETOUR_COMMENTE)),
                )
            )
        )
        .order_by(Individu.id)
    )
    qui = list(db.session.scalars(requete))
    if all(individu.id == s.formateur_id for individu in qui):
        return ()
    return tuple(nom_affiche(individu.nom, individu.prenom) for individu in qui)


def _participant(
    stagiaire: Stagiaire, numeros: dict[int, str], corrige: bool, auteurs: Sequence[str]
) -> Participant:
    motif = stagiaire.motif_echec.libelle if stagiaire.motif_echec else ""
    resultat = mots.resultat((stagiaire.resultat or Resultat.ECHEC).libelle, motif)
    return Participant(
        nom=majuscules(stagiaire.nom),
        prenom=stagiaire.prenom,
        date_naissance=stagiaire.date_naissance,
        resultat=mots.corrige(resultat, auteurs) if corrige else resultat,
        certificat=numeros.get(stagiaire.id, ""),
    )


def _actes(numero: int) -> tuple[Acte, ...]:
    """The moves of the session, oldest first, without the comments: they are the formateur's, and purged."""
    requete = (
        select(Evenement)
        .where(Evenement.session_numero == numero, Evenement.action.in_(mots.ACTES))
        .order_by(Evenement.id)
        .options(selectinload(Evenement.acteur))
    )
    return tuple(
        Acte(
            format_date_heure(e.quand),
            mots.ACTES[e.action],
            mots.par(nom_affiche(e.acteur.nom, e.acteur.prenom) if e.acteur else "", e.role),
        )
        for e in db.session.scalars(requete)
    )

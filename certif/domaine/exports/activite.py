"""Of a person: what they did in the sessions, models and demandes of others, and what the journal tells."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import or_, select

from certif.domaine.acteur import TypeRole
from certif.domaine.demandes.modeles import Demande, EvenementDemande, PieceJointe
from certif.domaine.exports.lecture import Rangees, par_pages
from certif.domaine.journal import EntreeJournal
from certif.domaine.libelles import exports as textes
from certif.domaine.libelles import journal as mots
from certif.domaine.libelles.sessions.etats import ACTIONS, ETATS
from certif.domaine.personnes.modeles import Entite
from certif.domaine.referentiel.modeles import Certificat, Qualification
from certif.domaine.sessions.modeles import Evenement, SessionCertification, Soumission
from certif.domaine.sessions.modeles_annexes import Bilan, Telechargement
from certif.domaine.sessions.modeles_gardes.modeles import ModeleGarde
from certif.domaine.sessions.modeles_recherche import RechercheFormateur
from certif.domaine.sessions.regles import lieux


def sessions(i: int) -> Rangees:
    """The sessions that name them."""
    s = SessionCertification
    siennes = or_(
        s.formateur_id == i, s.declarant_id == i, s.retour_par_id == i, s.dernier_intervenant_id == i
    )
    requete = (
        select(
            *(s.numero, Entite.raison_sociale, s.formateur_id == i, s.declarant_id == i),
            *(
                Certificat.libelle,
                s.date_fin,
                s.lieu_type,
                s.code_postal,
                s.ville,
                s.pays,
                s.etat,
                s.creee_le,
            ),
        )
        .join(Entite, Entite.id == s.entite_id)
        .outerjoin(Certificat, Certificat.id == s.certificat_id)
        .where(siennes)
    )
    for numero, organisation, formateur, declarant, libelle, fin, *lieu, etat, creee in par_pages(
        requete, s.numero
    ):
        role = textes.place(formateur=bool(formateur), declarant=bool(declarant))
        yield numero, organisation, role, libelle, fin, lieux.libelle_du_lieu(*lieu), ETATS[etat.value], creee


def bilans(i: int) -> Rangees:
    """Those that were erased since."""
    b = Bilan
    requete = (
        select(
            *(b.numero, Entite.raison_sociale, b.formateur_id == i, b.declarant_id == i, Certificat.libelle),
            *(b.date_fin, b.lieu_type, b.code_postal, b.ville, b.pays, b.reussites, b.echecs, b.etabli_le),
        )
        .join(Entite, Entite.id == b.entite_id)
        .join(Certificat, Certificat.id == b.certificat_id)
        .where(or_(b.formateur_id == i, b.declarant_id == i))
    )
    for numero, organisation, formateur, declarant, libelle, fin, *lieu, bons, rates, quand in par_pages(
        requete, b.numero
    ):
        role = textes.place(formateur=bool(formateur), declarant=bool(declarant))
        ou = lieux.libelle_du_lieu(*lieu)
        yield numero, organisation, role, libelle, fin, ou, bons, rates, quand


def evenements(i: int) -> Rangees:
    """What they did to sessions."""
    e = Evenement
    requete = select(e.id, e.quand, e.session_numero, e.role, e.action).where(e.acteur_id == i)
    for _, quand, session, role, action in par_pages(requete, e.id):
        yield quand, session, TypeRole.libelle_de(role), ACTIONS.get(action, action)
    # What a formateur was shown, and their answers, are their entité's: that there was one is theirs.
    s = Soumission
    recues = select(s.id, s.soumise_le, s.session_numero).where(s.formateur_id == i)
    for _, quand, session in par_pages(recues, s.id):
        yield quand, session, TypeRole.FORMATEUR.libelle, textes.SOUMISE


def telechargements(i: int) -> Rangees:
    """What they downloaded."""
    t = Telechargement
    requete = select(t.id, t.quand, t.session_numero, t.sorte).where(t.individu_id == i)
    for _, *ligne in par_pages(requete, t.id):
        yield tuple(ligne)


def modeles(i: int) -> Rangees:
    """The models that they kept, or whose formateur they are: by number, since they are the entité's."""
    m = ModeleGarde
    requete = select(m.id, Entite.raison_sociale, m.auteur_id == i, m.formateur_id == i).join(
        Entite, Entite.id == m.entite_id
    )
    for numero, organisation, *places in par_pages(
        requete.where(or_(m.auteur_id == i, m.formateur_id == i)), m.id
    ):
        yield numero, organisation, *map(bool, places)


def demandes(i: int) -> Rangees:
    """What they did to demandes."""
    e, p, d = EvenementDemande, PieceJointe, Demande
    faits = select(e.id, e.demande_id, Entite.raison_sociale, e.quand, e.action)
    for _, demande, organisation, quand, action in par_pages(
        faits.join(d, d.id == e.demande_id).join(Entite, Entite.id == d.entite_id).where(e.acteur_id == i),
        e.id,
    ):
        yield demande, organisation, quand, textes.demande(action)
    creees = select(d.id, Entite.raison_sociale, d.cree_le).join(Entite, Entite.id == d.entite_id)
    for demande, organisation, quand in par_pages(creees.where(d.cree_par_id == i), d.id):
        yield demande, organisation, quand, textes.demande("creer")
    jointes = (
        select(p.id, p.demande_id, Entite.raison_sociale, p.ajoutee_le)
        .join(d, d.id == p.demande_id)
        .join(Entite, Entite.id == d.entite_id)
        .where(p.ajoutee_par_id == i)
    )
    for _, demande, organisation, quand in par_pages(jointes, p.id):
        yield demande, organisation, quand, textes.PIECE_JOINTE


def recherches(i: int) -> Rangees:
    """When they searched a formateur, never whom."""
    r = RechercheFormateur
    requete = select(r.id, r.quand, Entite.raison_sociale).join(Entite, Entite.id == r.entite_id)
    for _, *ligne in par_pages(requete.where(r.individu_id == i), r.id):
        yield tuple(ligne)


def journal_par(i: int) -> Rangees:
    """What they did, by numbers."""
    for e in journal(EntreeJournal.acteur_id == i):
        yield e.quand, TypeRole.libelle_de(e.role), acte(e)


def journal_sur(i: int) -> Rangees:
    """What was done to their record, by role."""
    e = EntreeJournal
    qualifications = select(Qualification.id).where(Qualification.individu_id == i)
    personne = (e.objet == "individu") & (e.objet_id == i)
    for ligne in journal(personne | (e.objet == "qualification") & e.objet_id.in_(qualifications)):
        par = textes.ELLE_MEME if ligne.acteur_id == i else TypeRole.libelle_de(ligne.role) or "Certif"
        yield ligne.quand, par, acte(ligne)


def journal(condition: Any) -> Iterator[Any]:
    """The lines of the journal that meet the condition, oldest first."""
    e = EntreeJournal
    requete = select(e.id, e.quand, e.acteur_id, e.role, e.action, e.objet, e.objet_id, e.apres)
    return par_pages(requete.where(condition), e.id)


def acte(e: Any) -> str:
    """What was done, by numbers: names are read where they stand."""
    apres = e.apres or {}
    cites = {
        champ: mots.nom_de("individu", apres[champ], "") if isinstance(apres.get(champ), int) else ""
        for champ in ("absorbe", "declarant")
    }
    role = TypeRole.libelle_de(apres.get("role", "")).lower()
    return mots.acte(e.objet, e.action, mots.nom_de(e.objet, e.objet_id, ""), role=role, **cites)

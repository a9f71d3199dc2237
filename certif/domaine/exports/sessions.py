"""Of an entité: its sessions, what remains of those that were erased, its certificates, the journal."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from certif.domaine.acteur import TypeRole
from certif.domaine.certificats.modeles import EMIS, CertificatEmis, LigneRegistre
from certif.domaine.certificats.registre.numeros import presenter
from certif.domaine.demandes.modeles import Demande
from certif.domaine.exports import activite
from certif.domaine.exports.lecture import Rangees, Requete, de_chacune, lire, par_pages
from certif.domaine.journal import EntreeJournal
from certif.domaine.libelles import exports as textes
from certif.domaine.libelles.sessions.etats import ACTIONS, ETATS
from certif.domaine.noms import nom_affiche
from certif.domaine.personnes.modeles import Individu, NomCommercial
from certif.domaine.referentiel.modeles import Certificat, Habilitation, Plateforme
from certif.domaine.sessions.chronologie import SANS_LIGNE
from certif.domaine.sessions.modeles import Evenement, SessionCertification, Stagiaire
from certif.domaine.sessions.modeles_annexes import Bilan, Telechargement
from certif.domaine.sessions.modeles_gardes.modeles import ModeleGarde
from certif.domaine.sessions.regles import lieux
from certif.domaine.sessions.valeurs import MotifAnnulation

_MOTIFS = dict(MotifAnnulation.options())


def vivantes(e: int) -> list[int]:
    """The numbers of its sessions that were not erased."""
    s = SessionCertification
    return [numero for (numero,) in lire(select(s.numero).where(s.entite_id == e).order_by(s.numero))]


def certifiees(e: int) -> list[int]:
    """The numbers of its sessions that issued certificates, erased or not."""
    r = LigneRegistre
    requete = select(r.session_numero).where(r.entite_id == e).distinct().order_by(r.session_numero)
    return [numero for (numero,) in lire(requete)]


def effacees(e: int) -> list[int]:
    """The numbers of those of which a bilan remains."""
    return [numero for (numero,) in lire(select(Bilan.numero).where(Bilan.entite_id == e))]


def sessions(numeros: Sequence[int], *, tout: bool) -> Rangees:
    """One row each; `tout`: with what the entité alone may read."""
    s, f, d = SessionCertification, aliased(Individu), aliased(Individu)

    def requete(lot: Sequence[int]) -> Requete:
        return (
            select(
                *(s.numero, s.etat, Certificat.libelle, s.identification, s.date_fin),
                *(s.lieu_type, s.code_postal, s.ville, s.pays, NomCommercial.libelle),
                *(f.nom, f.prenom, f.numero, d.nom, d.prenom, s.reference_interne, s.retour_commentaire),
                *(s.rectifie_numero, s.creee_le, s.soumise_le, s.resultats_le, s.genere_le, s.telecharge_le),
            )
            .outerjoin(Certificat, Certificat.id == s.certificat_id)
            .outerjoin(NomCommercial, NomCommercial.id == s.nom_commercial_id)
            .outerjoin(f, f.id == s.formateur_id)
            .join(d, d.id == s.declarant_id)
            .where(s.numero.in_(lot))
            .order_by(s.numero)
        )

    for ligne in de_chacune(numeros, requete):
        numero, etat, libelle, stage, fin, *lieu, nom, fnom, fprenom, fnumero, dnom, dprenom = ligne[:15]
        reference, commentaire, *dates = ligne[15:]
        yield (
            *(numero, ETATS[etat.value], libelle, stage.libelle if stage else "", fin),
            *(lieux.libelle_du_lieu(*lieu), nom, _nom(fnom, fprenom), fnumero, _nom(dnom, dprenom)),
            *(reference if tout else "", commentaire if tout else "", *dates),
        )


def stagiaires(numeros: Sequence[int]) -> Rangees:
    """Who takes part, their result once it was sent (R10), and the number of their certificate."""
    q, c, s = Stagiaire, CertificatEmis, SessionCertification

    def requete(lot: Sequence[int]) -> Requete:
        return (
            select(
                *(q.session_numero, q.nom, q.prenom, q.date_naissance),
                *(s.resultats_le, q.resultat, q.motif_echec, c.numero),
            )
            .join(s, s.numero == q.session_numero)
            .outerjoin(c, c.stagiaire_id == q.id)
            .where(q.session_numero.in_(lot))
            .order_by(q.session_numero, q.rang, q.id)
        )

    for session, nom, prenom, ne_le, envoyes, resultat, motif, numero in de_chacune(numeros, requete):
        dit = resultat.libelle if envoyes and resultat else ""
        pourquoi = motif.libelle if envoyes and motif else ""
        yield session, nom, prenom, ne_le, dit, pourquoi, presenter(numero) if numero else ""


def certificats(numeros: Sequence[int]) -> Rangees:
    """What the register holds, which names no holder."""
    r, f = LigneRegistre, Individu

    def requete(lot: Sequence[int]) -> Requete:
        return (
            select(
                *(r.session_numero, r.numero, r.statut, r.certificat_libelle, r.identification, r.date_fin),
                *(r.fin_validite, r.raison_sociale, r.nom_commercial, r.habilitation_numero),
                *(f.nom, f.prenom, r.annule_le, r.motif_annulation),
            )
            .join(f, f.id == r.formateur_id)
            .where(r.session_numero.in_(lot), r.statut.in_(EMIS))
            .order_by(r.session_numero, r.numero)
        )

    for session, numero, statut, libelle, stage, *ligne, nom, prenom, annule, motif in de_chacune(
        numeros, requete
    ):
        yield (
            *(session, presenter(numero), textes.STATUTS[statut.value], libelle, stage.libelle),
            *(*ligne, _nom(nom, prenom), annule, _MOTIFS.get(motif or "", motif)),
        )


def bilans(e: int) -> Rangees:
    """What remains of its sessions that were erased."""
    b, f = Bilan, Individu
    requete = (
        select(
            *(b.numero, Certificat.libelle, b.identification, b.date_fin),
            *(b.lieu_type, b.code_postal, b.ville, b.pays, f.nom, f.prenom),
            *(b.stagiaires, b.reussites, b.echecs, b.etabli_le),
        )
        .join(Certificat, Certificat.id == b.certificat_id)
        .join(f, f.id == b.formateur_id)
        .where(b.entite_id == e)
    )
    for numero, libelle, stage, fin, *lieu, nom, prenom, tous, bons, rates, quand in par_pages(
        requete, b.numero
    ):
        ou = lieux.libelle_du_lieu(*lieu)
        formateur = _nom(nom, prenom)
        yield numero, libelle, stage.libelle, fin, ou, formateur, tous, bons, rates, quand


def suivi(numeros: Sequence[int], *, tout: bool) -> Rangees:
    """Who did what to the sessions that are kept; `tout`: with the words that they left."""
    v, i = Evenement, Individu

    def requete(lot: Sequence[int]) -> Requete:
        return (
            select(v.session_numero, v.quand, i.nom, i.prenom, v.role, v.action, v.commentaire)
            .outerjoin(i, i.id == v.acteur_id)
            .where(v.session_numero.in_(lot), v.action.not_in(SANS_LIGNE))
            .order_by(v.session_numero, v.id)
        )

    for session, quand, nom, prenom, role, action, commentaire in de_chacune(numeros, requete):
        fait = ACTIONS.get(action, action)
        qui = _nom(nom, prenom)
        yield session, quand, qui, TypeRole.libelle_de(role), fait, commentaire if tout else ""


def telechargements(numeros: Sequence[int]) -> Rangees:
    """Who downloaded what."""
    t, i = Telechargement, Individu

    def requete(lot: Sequence[int]) -> Requete:
        return (
            select(t.session_numero, t.quand, i.nom, i.prenom, t.sorte)
            .join(i, i.id == t.individu_id)
            .where(t.session_numero.in_(lot))
            .order_by(t.session_numero, t.id)
        )

    for session, quand, nom, prenom, sorte in de_chacune(numeros, requete):
        yield session, quand, _nom(nom, prenom), sorte.replace("_", " ")


def journal(e: int, numeros: Sequence[int]) -> Rangees:
    """What was done to the entité and its own things, then to its sessions: by role and by numbers."""
    j = EntreeJournal
    siens = or_(
        (j.objet == "entite") & (j.objet_id == e),
        *(
            (j.objet == objet) & j.objet_id.in_(select(modele.id).where(modele.entite_id == e))
            for objet, modele in (
                ("nom_commercial", NomCommercial),
                ("demande", Demande),
                ("habilitation", Habilitation),
                ("plateforme", Plateforme),
                ("modele", ModeleGarde),
            )
        ),
    )
    for ligne in activite.journal(siens):
        yield ligne.quand, TypeRole.libelle_de(ligne.role) or "Certif", activite.acte(ligne)

    def requete(lot: Sequence[int]) -> Requete:
        return (
            select(j.id, j.quand, j.role, j.action, j.objet, j.objet_id, j.apres)
            .where(j.objet == "session", j.objet_id.in_(lot))
            .order_by(j.objet_id, j.id)
        )

    for ligne in de_chacune(numeros, requete):
        yield ligne.quand, TypeRole.libelle_de(ligne.role) or "Certif", activite.acte(ligne)


def _nom(nom: str | None, prenom: str | None) -> str:
    return nom_affiche(nom, prenom or "") if nom else ""

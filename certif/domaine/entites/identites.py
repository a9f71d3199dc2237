"""What an entité is called and was: read whole, compared, told to its gestionnaires when it changes (R17)."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select

from certif.domaine.acteur import Acteur, TypeRole
from certif.domaine.courriers.actions import ecrire
from certif.domaine.entites.chargement import FichePerimee, entite_a_modifier
from certif.domaine.entites.regles import presenter
from certif.domaine.journal import EntreeJournal, consigner
from certif.domaine.libelles.cadre_des_courriers import corps
from certif.domaine.libelles.entites import identite as textes
from certif.domaine.personnes.lectures_journal import LigneJournal
from certif.domaine.personnes.modeles import Entite, Individu, NomCommercial
from certif.domaine.personnes.titulaires import presents
from certif.socle.adresses import adresse
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction

CHAMPS = ("raison_sociale", "siret", "libelle")
"""What lines say of an identity."""


@dataclass(frozen=True, slots=True)
class Identite:
    """Raison sociale, SIRET and trade names, by id."""

    raison_sociale: str
    siret: str
    noms: Mapping[int, str]

    def devenue(self, apres: "Identite") -> list[str]:
        """What changed, one sentence each."""
        phrases = []
        if self.raison_sociale != apres.raison_sociale:
            raisons = self.raison_sociale, apres.raison_sociale
            phrases.append(textes.remplace(textes.CHAMPS["raison_sociale"], *raisons))
        if self.siret != apres.siret:
            sirets = presenter(self.siret), presenter(apres.siret)
            phrases.append(textes.remplace(textes.CHAMPS["siret"], *sirets))
        for nom_id, avant in self.noms.items():
            devenu = apres.noms.get(nom_id)
            if devenu is None:
                phrases.append(textes.nom_retire(avant))
            elif devenu != avant:
                phrases.append(textes.remplace("Nom commercial", avant, devenu))
        ajoutes = [libelle for nom_id, libelle in apres.noms.items() if nom_id not in self.noms]
        return phrases + [textes.nom_ajoute(libelle) for libelle in ajoutes]


def identite_de(entite: Entite) -> Identite:
    """As it stands in the database, what waits to be written included."""
    db.session.flush()
    db.session.refresh(entite)
    return Identite(entite.raison_sociale, entite.siret, {n.id: n.libelle for n in entite.noms_commerciaux})


def annoncer(acteur: Acteur, entite: Entite, avant: Identite) -> None:
    """Tell every gestionnaire what changed since `avant`, if anything did, whoever changed it."""
    changements = avant.devenue(identite_de(entite))
    if not changements:
        return
    administrateur = acteur.role is TypeRole.ADMINISTRATEUR
    par = textes.PAR_L_ADMINISTRATEUR if administrateur else textes.PAR_UN_GESTIONNAIRE
    phrase = textes.courrier(avant.raison_sociale, par, " ".join(changements))
    chemin = f"/entite/{entite.id}/informations"
    gestionnaires = presents(TypeRole.GESTIONNAIRE, entite.id)
    _ecrire(entite.id, gestionnaires, textes.SUJET, corps(phrase, adresse(chemin)))


def confirmer_le_nom(acteur: Acteur, raison_sociale: str) -> None:
    """A gestionnaire found exact the name as it will be printed: it is not asked again while it is that one.

    Raises:
        Introuvable, ActionImpossible: not for this actor, or the entité is suspended.
        FichePerimee: it is not the name of the entité, or is no more.
    """
    with transaction():
        entite = entite_a_modifier(acteur)
        if raison_sociale != entite.raison_sociale:
            raise FichePerimee
        if entite.nom_confirme == raison_sociale:
            return
        entite.nom_confirme = raison_sociale
        consigner(acteur, "confirmer_le_nom", "entite", entite.id, apres={"raison_sociale": raison_sociale})


def annoncer_le_logo(porteur: Entite | NomCommercial) -> None:
    """Tell the administrateurs that certificates will print a new logo: nobody else looks whose it is."""
    entite = porteur if isinstance(porteur, Entite) else porteur.entite
    nom = porteur.libelle if isinstance(porteur, NomCommercial) else ""
    phrase = textes.courrier_logo(entite.raison_sociale, nom)
    texte = corps(phrase, adresse(f"/administration/entites/{entite.id}"))
    _ecrire(entite.id, presents(TypeRole.ADMINISTRATEUR), textes.SUJET_LOGO, texte)


def _ecrire(entite_id: int, destinataires: Sequence[int], sujet: str, texte: str) -> None:
    """One mail to each, of a thing that happens once."""
    evenement = f"identite-{entite_id}-{secrets.token_hex(8)}"
    for destinataire_id in destinataires:
        ecrire(evenement, destinataire_id, sujet, texte)


def historique_des_noms(entite_id: int) -> list[LigneJournal]:
    """The lines that gave the entité a name or a SIRET, or took one away; the latest first."""
    e = EntreeJournal
    siens = select(NomCommercial.id).filter_by(entite_id=entite_id)
    du_nom = (e.objet == "nom_commercial") & or_(
        e.objet_id.in_(siens),
        e.avant["entite_id"].as_integer() == entite_id,
        e.apres["entite_id"].as_integer() == entite_id,
    )
    requete = (
        select(e, Individu.numero)
        .outerjoin(Individu, e.acteur_id == Individu.id)
        .where(or_((e.objet == "entite") & (e.objet_id == entite_id), du_nom))
        .order_by(e.id.desc())
    )
    lignes = [LigneJournal(*ligne) for ligne in db.session.execute(requete)]
    return [x for x in lignes if any(c in (x.entree.avant or {}) | (x.entree.apres or {}) for c in CHAMPS)]

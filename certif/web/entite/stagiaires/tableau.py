"""The stagiaires of a session as the entité reads them: in saisie, in the order of entry (R12)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from certif.domaine.acteur import Acteur
from certif.domaine.certificats.registre.deja_delivres import deja_delivres_connus_de
from certif.domaine.libelles import ecrans
from certif.domaine.libelles.sessions import avertissements as textes
from certif.domaine.libelles.sessions import entite
from certif.domaine.libelles.sessions import resultats as mots
from certif.domaine.noms import majuscules
from certif.domaine.sessions.declaration.avertissements import avertissements
from certif.domaine.sessions.etats import Action, generation_deja_demandee
from certif.domaine.sessions.modeles import SessionCertification, Stagiaire
from certif.domaine.sessions.presentation import en_saisie, peut_essayer, saisie_possible
from certif.domaine.sessions.regles import inscription, resultats
from certif.domaine.sessions.regles.doutes import Avertissement
from certif.domaine.sessions.valeurs import Resultat
from certif.domaine.temps import format_date
from certif.web.entite.stagiaires.propositions import corrections_proposees


@dataclass(frozen=True, slots=True)
class Ligne:
    """One stagiaire; `naissance` is "" until it is filled in; `apercu`: a specimen can be had.

    `refus`: what would be refused later, whatever is answered to `avertissements`; `propose`: what the
    formateur would have corrected.
    """

    id: int
    nom: str
    prenom: str
    naissance: str
    resultat: str
    motif: str
    apercu: bool
    avertissements: Sequence[Avertissement] = ()
    refus: Sequence[str] = ()
    propose: str = ""

    @property
    def averties(self) -> list[str]:
        """All that is to be verified of them, in words."""
        return [*self.refus, *(a.message for a in self.avertissements)]


@dataclass(frozen=True, slots=True)
class Tableau:
    """What `templates/entite/_stagiaires.html` reads; `avec_resultats` once the formateur has sent them.

    `apercus`: how many specimens can be had, one by one or together.
    """

    titre: str
    lignes: Sequence[Ligne]
    modifiable: bool
    avec_resultats: bool
    avec_apercus: bool
    apercus: int
    avertissements: Sequence[Avertissement]
    triable: bool
    tri_par_nom: bool


def tableau(session_certif: SessionCertification, acteur: Acteur, *, par_nom: bool = False) -> Tableau:
    """The table of this session for this actor; the formateur's drafts are theirs until they are sent.

    `par_nom` shows in the order of after the submission what stands, in saisie, in the order of entry.
    """
    avec_resultats = session_certif.resultats_le is not None
    modifiable = saisie_possible(session_certif, acteur)
    avec_apercus = peut_essayer(session_certif, acteur, Action.GENERER)
    avertis = avertissements(session_certif, acteur) if modifiable else None
    refus = _refus(session_certif, acteur, modifiable)
    proposees = corrections_proposees(session_certif)
    lignes = [
        replace(
            _ligne(stagiaire, avec_resultats, avec_apercus),
            avertissements=avertis.des_stagiaires.get(stagiaire.id, ()) if avertis else (),
            refus=refus.get(stagiaire.id, ()),
            propose=proposees.get(stagiaire.id, ""),
        )
        for stagiaire in _ordre(session_certif, par_nom)
    ]
    return Tableau(
        titre=_titre(session_certif, avec_resultats),
        lignes=lignes,
        modifiable=modifiable,
        avec_resultats=avec_resultats,
        avec_apercus=avec_apercus,
        apercus=sum(ligne.apercu for ligne in lignes),
        avertissements=avertis.de_la_session if avertis else (),
        triable=modifiable and len(lignes) > 1,
        tri_par_nom=par_nom,
    )


def _titre(session_certif: SessionCertification, avec_resultats: bool) -> str:
    comptes = resultats.compter(session_certif.stagiaires)
    if avec_resultats:
        return mots.envoyes(comptes.reussites, comptes.echecs)
    return entite.stagiaires(comptes.stagiaires) if comptes.stagiaires else ecrans.AUCUN_STAGIAIRE


def _ordre(session_certif: SessionCertification, par_nom: bool) -> list[Stagiaire]:
    s = session_certif
    return s.stagiaires_saisis if en_saisie(s) and not par_nom else s.stagiaires


def _refus(session_certif: SessionCertification, acteur: Acteur, modifiable: bool) -> dict[int, list[str]]:
    """By trainee: who reads like another of the session, and who holds this certificate already."""
    refus: dict[int, list[str]] = defaultdict(list)
    if not generation_deja_demandee(session_certif.etat):
        for memes in inscription.confondus(session_certif.stagiaires):
            for stagiaire in memes:
                autres = [inscription.affiche(autre) for autre in memes if autre is not stagiaire]
                refus[stagiaire.id].append(textes.confondu(autres))
    certificat, date_fin = session_certif.certificat, session_certif.date_fin
    if modifiable and certificat and date_fin:
        for stagiaire in deja_delivres_connus_de(acteur, session_certif, session_certif.stagiaires):
            refus[stagiaire.id].append(textes.deja_delivre(certificat.libelle, date_fin))
    return refus


def _ligne(stagiaire: Stagiaire, avec_resultats: bool, avec_apercus: bool) -> Ligne:
    motif = stagiaire.motif_echec if avec_resultats else None
    return Ligne(
        id=stagiaire.id,
        nom=majuscules(stagiaire.nom),
        prenom=stagiaire.prenom,
        naissance=format_date(stagiaire.date_naissance) if stagiaire.date_naissance else "",
        resultat=stagiaire.resultat.value if avec_resultats and stagiaire.resultat else "",
        motif=motif.libelle if motif else "",
        apercu=avec_apercus and stagiaire.resultat is Resultat.REUSSITE,
    )

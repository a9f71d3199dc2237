"""What the form of a session offers: niveaux, certificats, platforms, towns."""

from dataclasses import dataclass

from certif.domaine.geographie.communes import villes
from certif.domaine.personnes.modeles import NomCommercial
from certif.domaine.referentiel.lectures import certificats_de, habilitations_acteur, plateformes_de
from certif.domaine.referentiel.modeles import Certificat, Niveau, Plateforme
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.regles import couverture, lieux
from certif.domaine.sessions.valeurs import TypeLieu
from certif.socle.horloge import aujourd_hui


@dataclass(frozen=True)
class Choix:
    """The lists of one session's form."""

    niveaux: list[Niveau]
    certificats: list[Certificat]
    plateformes: list[Plateforme]
    villes: list[str]
    noms_commerciaux: list[NomCommercial]


def niveaux_proposes(entite_id: int) -> list[Niveau]:
    """The niveaux that the entité could declare a session for today, by label (R2); none that is archived."""
    jour = aujourd_hui()
    tenues = [h for h in habilitations_acteur(entite_id) if h.niveau.dispositif.archive_le is None]
    niveaux = {h.niveau.id: h.niveau for h in tenues if couverture.proposable(h, jour)}
    return sorted(niveaux.values(), key=lambda niveau: niveau.libelle)


def choisi_d_office(session_certif: SessionCertification) -> bool:
    """Whether nobody chose the niveau and the certificat: there are none, or the entité can take no other."""
    s = session_certif
    if s.niveau_id is None and s.certificat_id is None:
        return True
    if [niveau.id for niveau in niveaux_proposes(s.entite_id)] != [s.niveau_id]:
        return False
    return s.certificat_id is None or len(certificats_de([s.niveau_id] if s.niveau_id else [])) == 1


def choix_pour(session_certif: SessionCertification) -> Choix:
    """The lists for this session; its own niveau and certificat stay offered whatever became of them."""
    s = session_certif
    niveaux = niveaux_proposes(s.entite_id)
    if s.niveau is not None and s.niveau not in niveaux:
        niveaux.append(s.niveau)
    # Without a niveau yet, every certificat is offered, so that one answer can give both.
    certificats = certificats_de([s.niveau_id] if s.niveau_id else [niveau.id for niveau in niveaux])
    if s.certificat is not None and s.certificat not in certificats:
        certificats.append(s.certificat)
    plateformes: list[Plateforme] = []
    if s.niveau is not None and s.niveau.dispositif.plateforme_requise:
        plateformes = plateformes_de(s.entite_id, s.niveau.dispositif_id)
        if s.date_fin is not None:
            plateformes = lieux.plateformes_actives(plateformes, s.date_fin)
    offertes = villes(s.code_postal) if s.code_postal and s.lieu_type is TypeLieu.FRANCE else []
    return Choix(niveaux, certificats, plateformes, offertes, s.entite.noms_commerciaux)

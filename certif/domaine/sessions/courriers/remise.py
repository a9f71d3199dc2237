"""Which mails about a session were refused, said to the entité; a formateur's address is not."""

from certif.domaine.acteur import Acteur
from certif.domaine.courriers.remise import refus_de_la_session
from certif.domaine.libelles.sessions import annonces as textes
from certif.domaine.noms import nom_court, prenom_nom
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.temps import format_date_heure


def courriels_non_remis(session_certif: SessionCertification, acteur: Acteur) -> list[str]:
    """A sentence for each of the formateur, the declarer and the reader whom the last mail did not reach."""
    s = session_certif
    if not acteur.est_entite or s.soumise_le is None:
        return []
    dits = []
    for qui, quand in refus_de_la_session(s.numero).items():
        le = format_date_heure(quand)
        if qui == acteur.individu_id:
            dits.append(textes.mon_courriel_non_remis(le))
        elif qui == s.formateur_id and s.formateur is not None:
            nom = nom_court(s.formateur.nom, s.formateur.prenom)
            dits.append(textes.courriel_non_remis(nom, le, copier=s.etat is Etat.VALIDATION_FORMATEUR))
        elif qui == s.declarant_id:
            dits.append(textes.courriel_non_remis(prenom_nom(s.declarant.nom, s.declarant.prenom), le))
    return dits

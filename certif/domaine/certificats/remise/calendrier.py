"""The end of validity in somebody's calendar: the client's, for all of a session, or the holder's own.

Neither names anybody: calendars are shared, and kept long after the session is erased.
"""

from collections import Counter
from collections.abc import Iterable

from certif.documents.calendrier import Jour
from certif.documents.donnees import DonneesCertificat
from certif.domaine.certificats.registre.verification import EtatCertificat
from certif.domaine.libelles.certificats import remise as textes
from certif.socle.adresses import adresse
from certif.socle.condense import condense_court


def echeances(numero: int, certificats: Iterable[DonneesCertificat]) -> list[Jour]:
    """One day for all the certificates of a session that end together."""
    fins = Counter(
        (d.certificat_libelle, d.nom_commercial or d.entite, d.date_fin, d.emis_le, d.fin_validite)
        for d in certificats
    )
    return [
        Jour(
            cle=f"session-{numero}-{fin:%Y%m%d}@{_domaine()}",
            jour=fin,
            titre=textes.fin_de_validite(libelle),
            texte=textes.echeance(combien, numero, emetteur, date_fin),
            ecrit_le=emis_le,
        )
        for (libelle, emetteur, date_fin, emis_le, fin), combien in fins.items()
        if fin is not None
    ]


def rappel_du_titulaire(etat: EtatCertificat) -> Jour | None:
    """The holder's own; None for a certificate without end. It does not say the number."""
    if etat.fin_validite is None:
        return None
    e = etat.emission
    return Jour(
        cle=f"certificat-{condense_court(etat.numero)}@{_domaine()}",
        jour=etat.fin_validite,
        titre=textes.fin_de_validite(e.libelle.texte),
        texte=textes.rappel(e.titre.texte, e.emetteur, etat.date_fin),
        ecrit_le=etat.date_fin,
    )


def _domaine() -> str:
    """The site's name, as addresses have it."""
    return adresse("").partition("://")[2] or "certif"

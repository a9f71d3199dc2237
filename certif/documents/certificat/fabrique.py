"""From the frozen data of a session to sealed files: the fast way and its warm-up, the referee elsewhere."""

import logging
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from hashlib import sha256
from io import BytesIO

from PIL import Image

from certif.documents.certificat import certificat
from certif.documents.certificat.certificat import rendre_certificat
from certif.documents.certificat.composition import Compositeur, Composition
from certif.documents.certificat.encres import COULEURS
from certif.documents.certificat.fichier import Fichier
from certif.documents.certificat.gabarit import preparer
from certif.documents.certificat.relecture import relire
from certif.documents.certificat.remplissage import Remplisseur
from certif.documents.donnees import DonneesCertificat
from certif.documents.erreurs import RenduImpossible
from certif.documents.rendu import qr
from certif.documents.rendu.mise_en_page import face_de
from certif.documents.rendu.moteur import FACES
from certif.documents.rendu.relecture import textes_traces
from certif.documents.sceau.sceau import Sceau

_journal = logging.getLogger(__name__)
_JOUR = date(2000, 1, 1)


class Fabrique:
    """Makes the certificates of one session; `rapides` and `arbitres` count which way they were made.

    What they share is drawn at the first one. The first file of the fast way is read back, and every file of
    the referee is: a gabarit that cannot be prepared or does not read back is given up, and nothing is lost
    but time.
    """

    def __init__(self, donnees: Sequence[DonneesCertificat], logo: bytes | None, sceau: Sceau | None) -> None:
        """`donnees` are all those that may be asked for, `logo` the PNG that they name."""
        self._logo = logo
        self._sceau = sceau
        self._compositeur = Compositeur()
        self._compositions: dict[DonneesCertificat, Composition] = {}
        self._a_preparer: Sequence[DonneesCertificat] = donnees
        self._remplisseur: Remplisseur | None = None
        self._relu = False
        self.rapides = self.arbitres = 0

    def faire(self, donnees: DonneesCertificat) -> Fichier:
        """One sealed certificate.

        Raises:
            RenduImpossible: it cannot be made, in either way.
        """
        if self._a_preparer:
            # Once, whatever happens: who watches the clock must not see it done again for each.
            toutes, self._a_preparer = self._a_preparer, ()
            self._remplisseur = self._preparer(toutes)
        composition = self._compositions.get(donnees)
        if self._remplisseur is not None and composition is not None:
            try:
                fichier = self._remplir(self._remplisseur, composition)
            except RenduImpossible as refus:
                _journal.warning("certificat rendu par l’arbitre : %s", refus.message)
            else:
                self.rapides += 1
                return fichier
        self.arbitres += 1
        return self._arbitrer(donnees)

    def _remplir(self, remplisseur: Remplisseur, composition: Composition) -> Fichier:
        fichier = remplisseur.remplir(composition)
        if not self._relu:
            try:
                relire(fichier.octets, composition, textes_traces)
            except RenduImpossible:
                self._remplisseur = None
                raise
            self._relu = True
        return fichier

    def _arbitrer(self, donnees: DonneesCertificat) -> Fichier:
        octets = rendre_certificat(donnees, logo=self._logo, sceau=self._sceau)
        return Fichier(octets, sha256(octets).hexdigest())

    def _preparer(self, donnees: Sequence[DonneesCertificat]) -> Remplisseur | None:
        """Draw what these have in common; what cannot be laid out is left to the referee to refuse."""
        for d in donnees:
            if _partage(d) == _partage(donnees[0]):
                try:
                    self._compositions[d] = self._compositeur.composer(d)
                except RenduImpossible:
                    continue
        if not self._compositions:
            return None
        try:
            gabarit = preparer(list(self._compositions.values()), self._logo)
        except Exception as erreur:  # noqa: BLE001 - whatever it meets, the referee remains
            detail = f"{erreur.message} {erreur.detail}" if isinstance(erreur, RenduImpossible) else ""
            _journal.error("gabarit abandonné : %s %s", type(erreur).__name__, detail)
            return None
        adresses = (d.adresse_verification for d in self._compositions)
        return Remplisseur(gabarit, self._sceau, qr.dessinateur(filter(None, adresses)))


def _partage(d: DonneesCertificat) -> tuple[object, ...]:
    """What must be the same on all the certificates of a gabarit, besides their common texts."""
    return (
        d.gabarit,
        d.logo,
        d.logo_porte_le_nom,
        bool(d.nom_commercial),
        d.emis_le,
        d.adresse_verification is None,
    )


def prechauffer(adresse: str, sceau: Sceau | None = None) -> None:
    """Make a certificate of nobody, verified at this address, and forget it."""
    personne = DonneesCertificat(
        numero="ABCD-EFGH-JKLM-NPQR",
        entite="Entité",
        nom="NOM",
        prenom="Prénom",
        date_naissance=_JOUR,
        certificat_libelle="Certificat",
        certificat_titre="Certificat",
        dispositif_niveau="Niveau",
        date_fin=_JOUR,
        lieu="Lieu",
        identification="Stage initial",
        formateur="NOM Prénom",
        habilitation_numero="H",
        debut_validite=_JOUR,
        fin_validite=_JOUR,
        emis_le=_JOUR,
        adresse_verification=adresse,
        logo="logo",
    )
    logo = BytesIO()
    Image.new("RGBA", (1, 1)).save(logo, "PNG")
    # What fails here fails again in the jobs, which say so; the worker has others to do.
    with suppress(Exception):
        for couleurs in COULEURS.values():
            certificat.cadre(*couleurs)
        for police in FACES:
            face_de(police)
        Fabrique([personne], logo.getvalue(), sceau).faire(personne)

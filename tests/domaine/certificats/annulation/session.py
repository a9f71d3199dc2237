"""A generated session, and what is cancelled of it."""

import zipfile
from io import BytesIO

from sqlalchemy import select

from certif.domaine.certificats.annulation import Annulation, annuler_et_refaire
from certif.domaine.certificats.generation import demander_generation
from certif.domaine.certificats.modeles import CertificatEmis, LigneRegistre
from certif.domaine.certificats.production.certificats import produire
from certif.domaine.certificats.telechargement import marquer_telechargement
from certif.domaine.sessions.etats import Action
from certif.socle import stockage
from certif.socle.base.extensions import db
from tests.support.factories import Organisme, version
from tests.support.moves import agir


def emis(numero: int) -> list[CertificatEmis]:
    db.session.rollback()
    requete = select(CertificatEmis).filter_by(session_numero=numero).order_by(CertificatEmis.id)
    return list(db.session.scalars(requete))


def ids(numero: int, combien: int) -> tuple[int, ...]:
    return tuple(c.id for c in emis(numero)[:combien])


def annuler(organisme: Organisme, numero: int, combien: int = 1, **options: object) -> int | None:
    """By the gestionnaire, from a page of now; the first `combien` certificates."""
    asked = Annulation(ids(numero, combien), **{"motif": "identite", **options})  # type: ignore[arg-type]
    return annuler_et_refaire(organisme.gestionnaire, numero, version(numero), asked)


def registre(numero: int) -> list[LigneRegistre]:
    db.session.rollback()
    ordre = {c.numero: c.id for c in emis(numero)}
    trouvees = db.session.scalars(select(LigneRegistre).filter_by(session_numero=numero))
    return sorted(trouvees, key=lambda ligne: ordre[ligne.numero])


def contenu_du_zip(organisme: Organisme, numero: int) -> list[str]:
    fichier = marquer_telechargement(organisme.gestionnaire, numero)
    with zipfile.ZipFile(BytesIO(stockage.lire(fichier.cle))) as zip_:
        return zip_.namelist()


def refaire(organisme: Organisme, numero: int) -> None:
    """The rectificative session goes all the way to its certificates."""
    agir(Action.SOUMETTRE_AU_FORMATEUR, organisme.gestionnaire, numero)
    agir(Action.ENVOYER_RESULTATS, organisme.formateur, numero)
    demander_generation(organisme.gestionnaire, numero, version(numero))
    produire(numero)

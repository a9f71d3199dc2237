"""What is worth a second look in a session being filled, and never blocks (R12, R13)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from certif.domaine.acteur import Acteur
from certif.domaine.geographie.communes import villes
from certif.domaine.libelles.geographie import cedex
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.modeles_annexes import AvertissementConfirme
from certif.domaine.sessions.portee import visible_de
from certif.domaine.sessions.regles import doutes
from certif.domaine.sessions.regles.doutes import Avertissement
from certif.domaine.sessions.valeurs import TypeLieu
from certif.socle.base.extensions import db


@dataclass(frozen=True, slots=True)
class Avertissements:
    """What nobody answered « C'est exact » yet: of the session as a whole, and of each trainee by id."""

    de_la_session: Sequence[Avertissement]
    des_stagiaires: Mapping[int, Sequence[Avertissement]]

    def __iter__(self) -> Iterator[Avertissement]:
        yield from self.de_la_session
        for avertis in self.des_stagiaires.values():
            yield from avertis


def avertissements(session_certif: SessionCertification, acteur: Acteur) -> Avertissements:
    """Unusual ages, names and groups, minors at risk, and a session that looks like this one."""
    s = session_certif
    dispositif = s.niveau.dispositif if s.niveau else None
    confirmes = _confirmes(s.numero)
    groupe = doutes.avertissement_groupe(len(s.stagiaires), dispositif) if dispositif else None
    juges = doutes.avertissements_des_stagiaires(s.stagiaires, s.date_fin, dispositif)
    return Avertissements(
        [a for a in (groupe, _semblable(s, acteur)) if a is not None and a.marque not in confirmes],
        {
            stagiaire.id: [a for a in avertis if a.marque not in confirmes]
            for stagiaire, avertis in zip(s.stagiaires, juges, strict=True)
        },
    )


def avertissement_lieu(session_certif: SessionCertification) -> str | None:
    """A postcode that is no commune's, accepted as a CEDEX only."""
    s = session_certif
    if s.lieu_type is not TypeLieu.FRANCE or not s.code_postal or not s.ville:
        return None
    return None if villes(s.code_postal) else cedex(s.code_postal)


def avertissement_semblable(session_certif: SessionCertification, acteur: Acteur) -> str | None:
    """That another session looks like this one, unless it was answered « C'est exact »."""
    semblable = _semblable(session_certif, acteur)
    if semblable is None or semblable.marque in _confirmes(session_certif.numero):
        return None
    return semblable.message


def _semblable(s: SessionCertification, acteur: Acteur) -> Avertissement | None:
    """Sessions of the entité with the same certificat, F and formateur; not the one it corrects.

    Of those that this actor sees only: a colleague's does not exist, in a warning either (R9).
    """
    if s.certificat_id is None or s.date_fin is None or s.formateur_id is None:
        return None
    requete = select(SessionCertification.numero).where(
        visible_de(acteur),
        SessionCertification.entite_id == s.entite_id,
        SessionCertification.certificat_id == s.certificat_id,
        SessionCertification.date_fin == s.date_fin,
        SessionCertification.formateur_id == s.formateur_id,
        SessionCertification.numero.not_in([s.numero, s.rectifie_numero or s.numero]),
    )
    return doutes.avertissement_semblable(db.session.scalars(requete).all())


def _confirmes(numero: int) -> set[str]:
    requete = select(AvertissementConfirme.marque).filter_by(session_numero=numero)
    return set(db.session.scalars(requete))

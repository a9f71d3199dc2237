"""An entité cannot take another's raison sociale or trade name, unless an administrateur admits it (R17).

Whoever writes a name calls `prendre` in the same transaction: the table follows the names.
"""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Select, delete, func, select
from sqlalchemy.exc import IntegrityError

from certif.domaine.erreurs import SaisieInvalide
from certif.domaine.libelles.entites import identite as textes
from certif.domaine.noms import cle
from certif.domaine.personnes.modeles import Entite, NomCommercial, NomPris
from certif.socle.base.extensions import db
from certif.socle.base.verrou import tenir

DISTINGUENT = ("siret", "ville")
"""What stands beside a name that two entités share, on every public page."""


def prendre(entite: Entite, champs: Mapping[str, str], *, admettre: bool = False) -> None:
    """Take the names that the entité has now, and free those it had; `champs`: where each new one was typed.

    The caller holds the entité, if others know of it.

    Raises:
        SaisieInvalide: on the field of a name that another entité has, where it is not to be admitted; or
            is, while the SIREN or the town of one of them, which tell them apart, is unknown.
    """
    db.session.flush()
    voulues = {cle(nom) for nom in _noms_de(entite.id)} - {""}
    tenues = set(db.session.scalars(select(NomPris.cle).filter_by(entite_id=entite.id)))
    if rendues := tenues - voulues:
        db.session.execute(delete(NomPris).where(NomPris.entite_id == entite.id, NomPris.cle.in_(rendues)))
    nouvelles = voulues - tenues
    partagees = _prises_par_d_autres(entite.id, nouvelles)
    if partagees and not admettre:
        raise _refus(champs, {c: [textes.NOM_PRIS] for c in partagees})
    if partagees and manques(entite):
        raise _refus(champs, {c: [textes.ADMIS_SANS_SIREN] for c in partagees})
    if partagees and (incomplets := _porteurs_incomplets(entite.id, partagees)):
        raise _refus(champs, incomplets)
    try:
        with db.session.begin_nested():
            db.session.add_all(
                NomPris(cle=c, entite_id=entite.id, admis=c in partagees) for c in sorted(nouvelles)
            )
    except IntegrityError:  # another entité has just taken one: now it is seen
        partagees = _prises_par_d_autres(entite.id, nouvelles)
        raise _refus(champs, {c: [textes.NOM_PRIS] for c in partagees or nouvelles}) from None


def manques(entite: Entite) -> list[str]:
    """The fields of DISTINGUENT that it lacks."""
    return [champ for champ in DISTINGUENT if not getattr(entite, champ)]


def verifier_ce_qui_distingue(entite_id: int, avant: Mapping[str, str], apres: Mapping[str, str]) -> None:
    """What tells an entité from another of the same name stays known; `avant`, `apres`: its values by field.

    The caller holds the entité, and has taken its names.

    Raises:
        SaisieInvalide: on each field of DISTINGUENT that was blanked.
    """
    videes = [champ for champ in DISTINGUENT if avant.get(champ) and not apres[champ]]
    if videes and a_distinguer(entite_id, _noms_de(entite_id)):
        raise SaisieInvalide({champ: [textes.A_GARDER[champ]] for champ in videes})


def porteurs(entite_id: int | None, noms: Collection[str]) -> dict[str, list[Entite]]:
    """Of these names, those that another entité has and this one has not, and which entités have them.

    `entite_id` None is one to be created.
    """
    cles = {cle(nom): nom for nom in noms}
    siennes = select(NomPris.cle).filter_by(entite_id=entite_id or 0)
    requete = (
        select(NomPris.cle, Entite)
        .join(Entite, NomPris.entite_id == Entite.id)
        .where(NomPris.cle.in_(cles), NomPris.cle.not_in(siennes))
        .order_by(Entite.id)
    )
    trouves: dict[str, list[Entite]] = {}
    for trouvee, entite in db.session.execute(requete):
        trouves.setdefault(cles[trouvee], []).append(entite)
    return trouves


def homonymes(entite_id: int) -> list[Entite]:
    """The other entités that share a name of this one."""
    siennes = select(NomPris.cle).filter_by(entite_id=entite_id)
    autres = select(NomPris.entite_id).where(NomPris.cle.in_(siennes), NomPris.entite_id != entite_id)
    return list(db.session.scalars(select(Entite).where(Entite.id.in_(autres)).order_by(Entite.id)))


def partages() -> Select[int]:
    """Query of the entités that share a name with another."""
    plusieurs = select(NomPris.cle).group_by(NomPris.cle).having(func.count() > 1)
    return select(NomPris.entite_id).where(NomPris.cle.in_(plusieurs))


def a_distinguer(entite_id: int, noms: Sequence[str]) -> bool:
    """Whether these names, as printed for this entité, do not tell it from another one.

    So it is of a name that was admitted, or that another entité has by now.
    """
    meme = NomPris.cle.in_([cle(nom) for nom in noms])  # that of "" is nobody's
    requete = select(NomPris.cle).where(meme, NomPris.admis | (NomPris.entite_id != entite_id))
    return db.session.scalar(requete.limit(1)) is not None


def _noms_de(entite_id: int) -> Sequence[str]:
    raison = select(Entite.raison_sociale).filter_by(id=entite_id)
    return db.session.scalars(
        raison.union_all(select(NomCommercial.libelle).filter_by(entite_id=entite_id))
    ).all()


def _prises_par_d_autres(entite_id: int, cles: Collection[str]) -> set[str]:
    requete = select(NomPris.cle).where(NomPris.cle.in_(cles), NomPris.entite_id != entite_id)
    return set(db.session.scalars(requete))


def _porteurs_incomplets(entite_id: int, cles: Collection[str]) -> dict[str, list[str]]:
    """Of these keys, what the other entités that have them lack; held: they blank nothing meanwhile."""
    requete = (
        select(NomPris.cle, Entite)
        .join(Entite, NomPris.entite_id == Entite.id)
        .where(NomPris.cle.in_(cles), NomPris.entite_id != entite_id)
        .order_by(Entite.id)
    )
    incomplets: dict[str, list[str]] = {}
    for trouvee, autre in db.session.execute(tenir(requete, Entite)):
        if manquent := manques(autre):
            message = textes.porteur_incomplet(autre.raison_sociale, manquent)
            incomplets.setdefault(trouvee, []).append(message)
    return incomplets


def _refus(champs: Mapping[str, str], messages: Mapping[str, list[str]]) -> SaisieInvalide:
    """The messages of these keys on their fields; on the first one where none is theirs."""
    siens = {champ: messages[cle(nom)] for champ, nom in champs.items() if cle(nom) in messages}
    tous = [message for de_la_cle in messages.values() for message in de_la_cle]
    return SaisieInvalide(siens or {champ: list(dict.fromkeys(tous)) for champ in list(champs)[:1]})

"""What the entité does with the codes of a session: make them, replace one, stop one or all (R9).

They are no move of the session: its version stays. Made when they are first asked for, not for every session.
"""

from collections.abc import Sequence

from sqlalchemy import select, update

from certif.domaine.acteur import Acteur
from certif.domaine.certificats.modeles import CertificatEmis
from certif.domaine.certificats.production.emis import absence_de, en_vigueur
from certif.domaine.certificats.remise.codes import code_de, empreinte_de, nouveau_sel
from certif.domaine.certificats.remise.modeles import CodeDeRemise
from certif.domaine.certificats.remise.regles import repose
from certif.domaine.certificats.telechargement import session_ouverte
from certif.domaine.erreurs import Introuvable
from certif.domaine.journal import consigner
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.horloge import maintenant


def creer_les_codes(acteur: Acteur, numero: int) -> None:
    """A code for each certificate in force that has none which opens; those that do stay as they are.

    Raises:
        Introuvable: not this actor's session, or a formateur, who only shows them.
        ActionImpossible: the certificates are not generated yet.
        Refus: the fifteen days are over.
    """
    _pour_l_entite(acteur)
    with transaction():
        session_ouverte(acteur, numero, verrou=True)
        emis = en_vigueur(numero)
        servent = {c.certificat_emis_id for c in _vivants(emis) if est_lisible(c) and not repose(c.essais)}
        manquent = [e for e in emis if e.id not in servent]
        if manquent:
            _remplacer(manquent)
            consigner(acteur, "creer_codes_de_remise", "session", numero, apres={"codes": len(manquent)})


def renouveler_le_code(acteur: Acteur, numero: int, certificat_id: int) -> None:
    """Another code for this certificate: the one it had opens nothing any more.

    Raises:
        Introuvable, ActionImpossible, Refus: see `creer_les_codes`; or none of its certificates in force.
    """
    _pour_l_entite(acteur)
    with transaction():
        session_ouverte(acteur, numero, verrou=True)
        _remplacer([_celui_de(numero, certificat_id)])
        consigner(acteur, "renouveler_code_de_remise", "session", numero, apres={"certificat": certificat_id})


def arreter_les_codes(acteur: Acteur, numero: int, certificat_id: int | None = None) -> None:
    """From now on no code of the session opens anything, or that of one certificate; nothing if none does.

    Raises:
        Introuvable, ActionImpossible, Refus: see `renouveler_le_code`.
    """
    _pour_l_entite(acteur)
    with transaction():
        session_ouverte(acteur, numero, verrou=True)
        vises = en_vigueur(numero) if certificat_id is None else [_celui_de(numero, certificat_id)]
        combien = _arreter(vises)
        if combien:
            consigner(acteur, "arreter_codes_de_remise", "session", numero, apres={"codes": combien})


def arreter_tous_les_codes() -> None:
    """After a restored backup: what was stopped since, or tried, is not in it."""
    with transaction():
        vivants = update(CodeDeRemise).where(CodeDeRemise.arrete_le.is_(None))
        db.session.execute(vivants.values(arrete_le=maintenant()))


def est_lisible(code: CodeDeRemise) -> bool:
    """Whether the code computed today is the one that was made: not once the secret key has changed."""
    return empreinte_de(code_de(code.sel)) == code.empreinte


def _pour_l_entite(acteur: Acteur) -> None:
    if not acteur.est_entite:
        raise Introuvable


def _vivants(emis: Sequence[CertificatEmis]) -> list[CodeDeRemise]:
    requete = select(CodeDeRemise).where(
        CodeDeRemise.certificat_emis_id.in_([e.id for e in emis]), CodeDeRemise.arrete_le.is_(None)
    )
    return list(db.session.scalars(requete))


def _celui_de(numero: int, certificat_id: int) -> CertificatEmis:
    trouve = next((e for e in en_vigueur(numero) if e.id == certificat_id), None)
    if trouve is None:
        raise absence_de(numero, {certificat_id})
    return trouve


def _arreter(emis: Sequence[CertificatEmis]) -> int:
    vivants = _vivants(emis)
    for code in vivants:
        code.arrete_le = maintenant()
    db.session.flush()
    return len(vivants)


def _remplacer(emis: Sequence[CertificatEmis]) -> None:
    _arreter(emis)
    for certificat in emis:
        sel = nouveau_sel()
        db.session.add(
            CodeDeRemise(
                certificat_emis_id=certificat.id,
                sel=sel,
                empreinte=empreinte_de(code_de(sel)),
                cree_le=maintenant(),
            )
        )

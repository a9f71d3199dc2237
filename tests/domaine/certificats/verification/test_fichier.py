"""R15 with a file: the original issued here, or not; it is never stored."""

from datetime import date
from hashlib import sha256

import pytest
from sqlalchemy import select

from certif import rythmes
from certif.domaine.certificats.modeles import (
    CertificatEmis,
    EmpreinteFichier,
    StatutRegistre,
)
from certif.domaine.certificats.registre.verification import ReponseIdentite, reconnaitre
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.regles import validite
from certif.socle import stockage
from certif.socle.base.extensions import db
from tests.domaine.certificats.verification.certificats import (
    MARIE,
    Regler,
    changer,
    registre,
    repondre,
    session_de,
)
from tests.support.factories import Organisme

pytestmark = pytest.mark.usefixtures("contexte", "rendu_rapide")


class TestFichier:
    def fichiers(self, session_numero: int) -> tuple[list[bytes], bytes]:
        """The certificates of a session, and its zip."""
        db.session.rollback()
        cles = db.session.scalars(
            select(CertificatEmis.cle_objet)
            .filter_by(session_numero=session_numero)
            .order_by(CertificatEmis.id)
        )
        zip_cle = db.session.get_one(SessionCertification, session_numero).zip_cle
        return [stockage.lire(cle or "") for cle in cles], stockage.lire(zip_cle or "")

    def test_un_certificat_avec_son_etat(self, organisme: Organisme) -> None:
        numero = session_de(organisme)
        [pdf], _ = self.fichiers(numero)
        trouve = reconnaitre(sha256(pdf).hexdigest())
        assert trouve and (trouve.sorte, trouve.regroupe) == ("certificat", None)
        assert trouve.etat.numero == registre(numero)[0].numero

    def test_l_original_d_un_certificat_annule(self, organisme: Organisme) -> None:
        numero = session_de(organisme)
        [pdf], _ = self.fichiers(numero)
        changer(registre(numero)[0].numero, statut=StatutRegistre.ANNULE, annule_le=date(2026, 6, 12))
        trouve = reconnaitre(sha256(pdf).hexdigest())
        assert trouve and trouve.etat.statut is validite.Statut.ANNULE

    def test_l_archive_dit_combien_elle_en_regroupe(self, organisme: Organisme) -> None:
        numero = session_de(organisme, nombre=3)
        _, archive = self.fichiers(numero)
        trouve = reconnaitre(sha256(archive).hexdigest())
        assert trouve and (trouve.sorte, trouve.regroupe, trouve.annules) == ("archive", 3, 0)
        changer(registre(numero)[0].numero, statut=StatutRegistre.ANNULE, annule_le=date(2026, 6, 12))
        trouve = reconnaitre(sha256(archive).hexdigest())
        assert trouve and (trouve.regroupe, trouve.annules) == (3, 1)

    @pytest.mark.parametrize(
        ("sorte", "regroupe", "attendu"),
        [("recueil", 2, 2), ("recueil", None, 3), ("proces_verbal", None, None), ("cartes", None, None)],
    )
    def test_les_autres_documents_de_la_session(
        self, organisme: Organisme, sorte: str, regroupe: int | None, attendu: int | None
    ) -> None:
        numero = session_de(organisme, nombre=3)
        condense = sha256(sorte.encode()).hexdigest()
        db.session.add(
            EmpreinteFichier(session_numero=numero, sorte=sorte, sha256=condense, regroupe=regroupe)
        )
        db.session.commit()
        trouve = reconnaitre(condense)
        assert trouve and (trouve.sorte, trouve.regroupe, trouve.etat.emission.delivre_par) == (
            sorte,
            attendu,
            "MAROSE FORMATION",
        )

    def test_un_octet_change_n_importe_ou(self, organisme: Organisme) -> None:
        [pdf], archive = self.fichiers(session_de(organisme))
        for octets in (pdf, archive):
            for place in range(len(octets)):
                altere = bytearray(octets)
                altere[place] ^= 1
                assert reconnaitre(sha256(altere).hexdigest()) is None
            assert reconnaitre(sha256(octets + b"\n").hexdigest()) is None
            assert reconnaitre(sha256(octets[:-1]).hexdigest()) is None

    def test_apres_la_purge(self, organisme: Organisme, horloge_a: Regler) -> None:
        horloge_a("2026-06-12T18:00:00+02:00")
        numero = session_de(organisme, nombre=2)
        pdfs, archive = self.fichiers(numero)
        horloge_a("2026-06-28T00:00:00+02:00")
        rythmes.purger()
        assert db.session.get(SessionCertification, numero) is None
        trouves = [reconnaitre(sha256(octets).hexdigest()) for octets in (*pdfs, archive)]
        assert [t and (t.sorte, t.regroupe) for t in trouves] == [
            ("certificat", None),
            ("certificat", None),
            ("archive", 2),
        ]
        assert trouves[0] is not None
        assert repondre(trouves[0].etat.numero, MARIE) is ReponseIdentite.CORRESPOND

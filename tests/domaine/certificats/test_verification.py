"""R15: what anyone may know of a certificate, and no more."""

from collections.abc import Callable, Iterator
from datetime import date
from hashlib import sha256

import pytest
import time_machine
from sqlalchemy import event, select

from certif import taches
from certif.domaine.certificats import identite, verification
from certif.domaine.certificats.conservation import effacer_les_empreintes
from certif.domaine.certificats.modeles import (
    CertificatEmis,
    EmpreinteFichier,
    EssaisIdentite,
    LigneRegistre,
    Statut,
)
from certif.domaine.certificats.verification import (
    IdentiteSaisie,
    ReponseIdentite,
    reconnaitre,
    verifier_identite,
    verifier_numero,
)
from certif.domaine.erreurs import SaisieInvalide
from certif.domaine.libelles import verification_publique as textes
from certif.domaine.sessions import regles
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import Resultat, SessionCertification
from certif.socle import stockage
from certif.socle.extensions import db
from tests.fabriques import Organisme, un_organisme, un_stagiaire, une_session

pytestmark = pytest.mark.usefixtures("contexte", "rendu_rapide")

F = date(2026, 6, 10)
MARIE = IdentiteSaisie("Dupont", "Marie", "14/02/1991")
PAULE = IdentiteSaisie("Dupont", "Paule", "14/02/1991")
INCONNU = "ABCDEFGHJKLMNPQR"

Regler = Callable[[str], None]


@pytest.fixture
def organisme(contexte: object) -> Organisme:
    return un_organisme()


@pytest.fixture
def numero(organisme: Organisme, horloge_a: Regler) -> str:
    """The number of Marie's certificate."""
    horloge_a("2026-06-11T09:00:00+02:00")
    return registre(session_de(organisme))[0].numero


def session_de(organisme: Organisme, etat: Etat = Etat.GENERE, nombre: int = 1) -> int:
    stagiaires = [un_stagiaire("Dupont", "Marie", date(1991, 2, 14), Resultat.REUSSITE)]
    stagiaires += [
        un_stagiaire("Dupont", "M" + "a" * rang, date(1980, 1, rang), Resultat.REUSSITE)
        for rang in range(1, nombre)
    ]
    return une_session(organisme, etat, stagiaires=stagiaires, date_fin=F)


def registre(session_numero: int) -> list[LigneRegistre]:
    db.session.rollback()
    return list(db.session.scalars(select(LigneRegistre).filter_by(session_numero=session_numero)))


def changer(numero: str, **valeurs: object) -> None:
    """Put values in a line of the register."""
    ligne = db.session.get_one(LigneRegistre, numero)
    for nom, valeur in valeurs.items():
        setattr(ligne, nom, valeur)
    db.session.commit()


def repondre(numero: str, saisie: IdentiteSaisie = MARIE) -> ReponseIdentite | None:
    return verifier_identite(numero, saisie)[1]


class TestNumero:
    def test_ce_qui_se_voit(self, organisme: Organisme, numero: str) -> None:
        etat = verifier_numero(numero)
        assert etat is not None
        assert (etat.statut, etat.certificat, etat.entite) == (
            regles.Statut.VALIDE,
            "SST-1",
            "MAROSE FORMATION",
        )
        assert (etat.date_fin, etat.fin_validite, etat.annule_le) == (F, date(2028, 6, 10), None)

    @pytest.mark.parametrize(
        ("instant", "statut"),
        [
            ("2028-06-10T23:59:00+02:00", regles.Statut.VALIDE),
            ("2028-06-11T00:00:00+02:00", regles.Statut.EXPIRE),
        ],
    )
    def test_le_dernier_jour_compte(
        self, numero: str, horloge_a: Regler, instant: str, statut: regles.Statut
    ) -> None:
        horloge_a(instant)
        etat = verifier_numero(numero)
        assert etat and etat.statut is statut

    def test_annule_avant_expire(self, numero: str, horloge_a: Regler) -> None:
        changer(numero, statut=Statut.ANNULE, annule_le=date(2026, 6, 12), motif_annulation="fraude")
        horloge_a("2030-01-01T12:00:00+01:00")
        etat = verifier_numero(numero)
        assert etat and (etat.statut, etat.annule_le) == (regles.Statut.ANNULE, date(2026, 6, 12))
        assert "fraude" not in str(etat)

    @pytest.mark.parametrize("statut", [Statut.RESERVE, Statut.ABANDONNE])
    def test_rien_n_est_connu_avant_certificats_generes(self, numero: str, statut: Statut) -> None:
        changer(numero, statut=statut)
        assert verifier_numero(numero) is None
        assert verifier_identite(numero, MARIE) == (None, None)

    def test_pendant_la_generation(self, organisme: Organisme) -> None:
        [ligne] = registre(une_session(organisme, Etat.GENERATION, reussites=1))
        assert verifier_numero(ligne.numero) is None

    def test_un_numero_qui_n_existe_pas(self) -> None:
        assert verifier_numero(INCONNU) is None

    def test_sans_limite_de_duree(self, horloge_a: Regler) -> None:
        [ligne] = registre(une_session(un_organisme(mois=None), Etat.GENERE, reussites=1))
        horloge_a("2099-01-01T12:00:00+01:00")
        etat = verifier_numero(ligne.numero)
        assert etat and (etat.statut, etat.fin_validite) == (regles.Statut.VALIDE, None)


class TestIdentite:
    @pytest.mark.parametrize(
        "saisie",
        [
            MARIE,
            IdentiteSaisie("DUPONT", "marie", "1991-02-14"),
            IdentiteSaisie("du pont", "Márie", "14/2/1991"),
        ],
    )
    def test_elle_correspond_comme_qu_on_l_ecrive(self, numero: str, saisie: IdentiteSaisie) -> None:
        assert repondre(numero, saisie) is ReponseIdentite.CORRESPOND

    @pytest.mark.parametrize(
        "saisie",
        [
            PAULE,
            IdentiteSaisie("Dupond", "Marie", "14/02/1991"),
            IdentiteSaisie("Dupont", "Marie", "15/02/1991"),
        ],
    )
    def test_elle_differe(self, numero: str, saisie: IdentiteSaisie) -> None:
        assert repondre(numero, saisie) is ReponseIdentite.DIFFERE

    def test_une_personne_qui_n_a_qu_un_seul_nom(self, organisme: Organisme, horloge_a: Regler) -> None:
        horloge_a("2026-06-11T09:00:00+02:00")
        seule = un_stagiaire("Soeharto", "", date(1970, 1, 1), Resultat.REUSSITE)
        [ligne] = registre(une_session(organisme, Etat.GENERE, stagiaires=[seule], date_fin=F))
        saisie = IdentiteSaisie("Soeharto", "", "01/01/1970", nom_unique=True)
        assert repondre(ligne.numero, saisie) is ReponseIdentite.CORRESPOND

    @pytest.mark.parametrize(
        ("saisie", "champs"),
        [
            (IdentiteSaisie(), {"nom", "prenom", "date_naissance"}),
            (IdentiteSaisie("Dupont", "Marie", ""), {"date_naissance"}),
            (IdentiteSaisie("Dupont", "", "14/02/1991"), {"prenom"}),
            (IdentiteSaisie("Dupont", "Marie", "14/02/1991", nom_unique=True), {"prenom"}),
            (IdentiteSaisie("李小龍", "Marie", "31/02/1991"), {"nom", "date_naissance"}),
        ],
    )
    def test_une_saisie_illisible_n_est_pas_comptee(
        self, numero: str, saisie: IdentiteSaisie, champs: set[str]
    ) -> None:
        with pytest.raises(SaisieInvalide) as refus:
            verifier_identite(numero, saisie)
        assert refus.value.champs.keys() == champs
        assert db.session.scalars(select(EssaisIdentite)).all() == []

    def test_une_fois_l_empreinte_effacee(self, numero: str, horloge_a: Regler) -> None:
        horloge_a("2033-06-10T00:00:00+02:00")
        effacer_les_empreintes()
        assert verifier_numero(numero) is not None
        assert {repondre(numero, MARIE), repondre(numero, PAULE)} == {ReponseIdentite.EFFACEE}

    def test_une_cle_nouvelle_verifie_les_anciens_certificats(self, numero: str) -> None:
        anciennes = identite._cles
        try:
            identite.regler((("nouvelle", b"n" * 32), *anciennes))
            assert repondre(numero, MARIE) is ReponseIdentite.CORRESPOND
            assert repondre(numero, PAULE) is ReponseIdentite.DIFFERE
            identite.regler((("nouvelle", b"n" * 32),))
            assert repondre(numero, MARIE) is ReponseIdentite.DIFFERE
        finally:
            identite.regler(anciennes)


class TestVingtParJour:
    def essayer(self, numero: str, fois: int) -> list[ReponseIdentite | None]:
        return [repondre(numero, PAULE) for _ in range(fois)]

    def test_la_vingt_et_unieme_n_a_pas_de_reponse(self, numero: str) -> None:
        reponses = self.essayer(numero, 22)
        assert reponses[:20] == [ReponseIdentite.DIFFERE] * 20
        assert reponses[20:] == [ReponseIdentite.EN_PAUSE] * 2
        assert repondre(numero, MARIE) is ReponseIdentite.EN_PAUSE, (
            "a pause that the right name ends tells it"
        )
        assert verifier_numero(numero) is not None

    def test_une_identite_juste_ne_compte_pas(self, numero: str) -> None:
        self.essayer(numero, 19)
        assert [repondre(numero, MARIE) for _ in range(3)] == [ReponseIdentite.CORRESPOND] * 3
        assert self.essayer(numero, 2) == [ReponseIdentite.DIFFERE, ReponseIdentite.EN_PAUSE]

    def test_chaque_numero_a_son_compte(self, organisme: Organisme, numero: str) -> None:
        self.essayer(numero, 21)
        autre = registre(une_session(organisme, Etat.GENERE, reussites=1))[0].numero
        assert repondre(autre, PAULE) is ReponseIdentite.DIFFERE

    def test_le_jour_est_celui_de_paris_en_temps_reel(self, numero: str, horloge_a: Regler) -> None:
        with time_machine.travel("2026-11-24T22:59:00+00:00", tick=False) as temps:
            self.essayer(numero, 21)
            horloge_a("2027-01-01T12:00:00+01:00")
            assert repondre(numero, MARIE) is ReponseIdentite.EN_PAUSE, "the rules' clock changes nothing"
            temps.move_to("2026-11-24T23:00:00+00:00")
            assert repondre(numero, MARIE) is ReponseIdentite.CORRESPOND

    def test_les_comptes_des_jours_passes_s_effacent(self, numero: str) -> None:
        with time_machine.travel("2026-11-24T12:00:00+01:00", tick=False) as temps:
            self.essayer(numero, 1)
            taches.entretenir()
            assert len(db.session.scalars(select(EssaisIdentite)).all()) == 1
            temps.move_to("2026-11-25T12:00:00+01:00")
            taches.entretenir()
            assert db.session.scalars(select(EssaisIdentite)).all() == []

    def test_sur_chaque_base(self, chaque_base: str, numero: str) -> None:
        assert self.essayer(numero, 21)[19:] == [ReponseIdentite.DIFFERE, ReponseIdentite.EN_PAUSE]

    def test_rien_de_ce_qui_est_essaye_n_est_garde(self, numero: str) -> None:
        verifier_identite(numero, IdentiteSaisie("Zorglubine", "Quetzalie", "17/03/1983"))
        verifier_identite(INCONNU, MARIE)
        lignes = db.session.scalars(select(EssaisIdentite)).all()
        assert {(ligne.numero, ligne.essais) for ligne in lignes} == {(numero, 1), ("", 1)}


@pytest.fixture
def travail(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What is computed and asked of the database, in order."""
    fait: list[str] = []
    vraie = identite.empreintes_possibles

    def compter(*arguments: object) -> object:
        fait.append("empreintes")
        return vraie(*arguments)  # type: ignore[arg-type]

    def noter(_c: object, _k: object, ordre: str, *_reste: object) -> None:
        fait.append(ordre)

    monkeypatch.setattr(identite, "empreintes_possibles", compter)
    event.listen(db.engine, "before_cursor_execute", noter)
    yield fait
    event.remove(db.engine, "before_cursor_execute", noter)


def test_le_meme_travail_quelle_que_soit_la_reponse(
    numero: str, organisme: Organisme, travail: list[str]
) -> None:
    """Known or not, erased or not, right or wrong, resting or not: the same hashes, the same statements."""
    efface, repose = (r.numero for r in registre(une_session(organisme, Etat.GENERE, reussites=2)))
    changer(efface, empreinte_identite=None, cle_id=None)
    for _ in range(21):
        verifier_identite(repose, PAULE)
    faits = []
    for cible, saisie in (
        (numero, MARIE),
        (numero, PAULE),
        (INCONNU, MARIE),
        (efface, MARIE),
        (repose, MARIE),
    ):
        db.session.rollback()
        travail.clear()
        verifier_identite(cible, saisie)
        faits.append(list(travail))
    assert faits[0].count("empreintes") == 1 and len(faits[0]) >= 3
    assert all(fait == faits[0] for fait in faits)


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
        changer(registre(numero)[0].numero, statut=Statut.ANNULE, annule_le=date(2026, 6, 12))
        trouve = reconnaitre(sha256(pdf).hexdigest())
        assert trouve and trouve.etat.statut is regles.Statut.ANNULE

    def test_l_archive_dit_combien_elle_en_regroupe(self, organisme: Organisme) -> None:
        numero = session_de(organisme, nombre=3)
        _, archive = self.fichiers(numero)
        trouve = reconnaitre(sha256(archive).hexdigest())
        assert trouve and (trouve.sorte, trouve.regroupe, trouve.annules) == ("archive", 3, 0)
        changer(registre(numero)[0].numero, statut=Statut.ANNULE, annule_le=date(2026, 6, 12))
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
        assert trouve and (trouve.sorte, trouve.regroupe, trouve.etat.entite) == (
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
        taches.purger()
        assert db.session.get(SessionCertification, numero) is None
        trouves = [reconnaitre(sha256(octets).hexdigest()) for octets in (*pdfs, archive)]
        assert [t and (t.sorte, t.regroupe) for t in trouves] == [
            ("certificat", None),
            ("certificat", None),
            ("archive", 2),
        ]
        assert trouves[0] is not None
        assert repondre(trouves[0].etat.numero, MARIE) is ReponseIdentite.CORRESPOND


def test_le_certificat_porte_l_adresse_ou_on_le_verifie(organisme: Organisme, numero: str) -> None:
    emis = db.session.scalars(select(CertificatEmis).filter_by(numero=numero)).one()
    assert emis.donnees["adresse_verification"] == f"http://localhost:5000/v/{numero}"


def test_les_mots_de_chaque_sorte() -> None:
    assert textes.SORTES.keys() >= {"certificat", *verification.REGROUPENT}
    assert {s.value for s in regles.Statut} <= textes.MOTS.keys()

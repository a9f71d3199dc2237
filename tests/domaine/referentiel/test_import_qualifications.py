"""A table of qualifications: what each line leads to, and that nothing else is written."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select

from certif.domaine.erreurs import ActionImpossible, Introuvable, SaisieInvalide
from certif.domaine.libelles.referentiel import qualifications as textes
from certif.domaine.personnes.modeles import Individu, Role
from certif.domaine.referentiel.import_qualifications import COLONNES, Verdict, examiner, importer
from certif.domaine.referentiel.modeles import Qualification
from certif.domaine.tableaux import LigneLue, reperer
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.horloge import aujourd_hui
from certif.socle.tableur.tableur import Rangee, Table, lire_texte
from tests.support.factories import un_certificat, une_qualification
from tests.support.moves import Troupe, reunir

ACCORDEE, PROLONGE, DEJA, ERREUR = Verdict


@pytest.fixture
def troupe(contexte: Flask) -> Troupe:
    un_certificat("PRAP-IBC", "PRAP IBC")
    return reunir()


def numero(individu_id: int) -> str:
    return db.session.get_one(Individu, individu_id).numero


def lignes(*rangees: tuple[str, ...]) -> list[LigneLue]:
    """Rows under the usual headings: N°, niveau, début, fin, nom."""
    texte = "\n".join(
        "\t".join(r) for r in (("N° Forprev", "Dispositif niveau", "Début", "Fin", "Nom"), *rangees)
    )
    return reperer(lire_texte(texte), COLONNES, "lignes").lignes


def combien() -> int:
    return db.session.scalar(select(func.count()).select_from(Qualification)) or 0


def test_each_line_says_what_it_leads_to_as_if_those_before_were_written(troupe: Troupe) -> None:
    qui, autre = numero(troupe.formateur.individu_id), numero(troupe.remplacant.individu_id)
    sans_role = numero(troupe.gestionnaire.individu_id)
    cas: tuple[tuple[tuple[str, ...], Verdict, set[str]], ...] = (
        ((qui.lower(), "prap ibc/1", "01/01/2026", "31/12/2026", "RIVIERE"), ACCORDEE, set()),
        ((qui, "PRAP IBC / 1", "01/01/2026", "31/12/2026", ""), DEJA, set()),
        ((qui, "PRAP IBC / 1", "31/12/2026", "2027-06-30", ""), PROLONGE, set()),
        ((qui, "PRAP IBC / 1", "01/07/2027", "31/12/2027", ""), ACCORDEE, set()),
        ((qui, "PRAP IBC / 1", "01/06/2027", "01/07/2027", ""), ERREUR, {"fin"}),
        ((qui, "PRAP IBC / 1", "31/12/2025", "01/01/2026", ""), ERREUR, {"debut"}),
        ((qui, "SST / 1", "01/01/2020", "31/12/2040", ""), DEJA, set()),
        ((autre, "SST / 1", "01/01/2026", "31/12/2041", "Garnier"), PROLONGE, set()),
        ((autre, "SST / 1", "02/01/2026", "01/01/2026", "Rivière"), ERREUR, {"fin", "nom"}),
        (
            (sans_role, "SST / 1", "01/01/2026", "01/01/2026", ""),
            ERREUR,
            {"numero"},
        ),
        (("ZZZ00000", "SST", "31/02/2026", "1/6/26", ""), ERREUR, {"numero", "niveau", "debut", "fin"}),
        (("JKA3789٣", "SST / ١", "٠١/٠١/٢٠٢٦", "", ""), ERREUR, {"numero", "niveau", "debut", "fin"}),
    )
    tableau, admin, avant = lignes(*(rangee for rangee, *_ in cas)), troupe.administrateur, combien()
    examen = examiner(admin, tableau)
    assert [(j.verdict, set(j.erreurs)) for j in examen.lignes] == [(v, e) for _, v, e in cas]
    assert [j.lue.numero for j in examen.lignes] == list(range(2, len(cas) + 2))
    assert combien() == avant and not db.session.dirty
    roles = db.session.scalar(select(func.count()).select_from(Role))
    assert importer(admin, tableau, examen.empreinte) == 4
    assert combien() == avant + 2 and db.session.scalar(select(func.count()).select_from(Role)) == roles
    prolongee = db.session.scalars(
        select(Qualification).filter_by(individu_id=troupe.formateur.individu_id, debut=date(2026, 1, 1))
    ).one()
    assert prolongee.fin == date(2027, 6, 30)
    encore = examiner(admin, tableau)
    assert encore.a_ecrire == 0 and encore.combien(DEJA) == 6


def test_what_changed_since_the_preview_is_refused_and_writes_nothing(troupe: Troupe) -> None:
    qui, admin = troupe.formateur.individu_id, troupe.administrateur
    tableau = lignes((numero(qui), "PRAP IBC / 1", "01/01/2026", "31/12/2026", ""))
    empreinte = examiner(admin, tableau).empreinte
    une_qualification(
        qui, un_certificat("PRAP-IBC", "PRAP IBC").niveau_id, date(2026, 1, 1), date(2027, 1, 1)
    )
    avant = combien()
    with pytest.raises(ActionImpossible, match="a changé"):
        importer(admin, tableau, empreinte)
    assert combien() == avant
    with pytest.raises(Introuvable):
        examiner(troupe.gestionnaire, tableau)


def test_an_old_file_brings_back_nothing_that_was_withdrawn(troupe: Troupe) -> None:
    qui, admin = numero(troupe.formateur.individu_id), troupe.administrateur
    with transaction():
        (q,) = db.session.scalars(select(Qualification).filter_by(individu_id=troupe.formateur.individu_id))
        q.retrait_le = date(2026, 6, 10)
    cas = (("01/01/2020", "31/12/2040"), ("10/06/2026", "10/06/2026"), ("01/01/2020", "09/06/2026"))
    jugees = examiner(admin, lignes(*((qui, "SST / 1", *dates) for dates in cas))).lignes
    assert [j.verdict for j in jugees] == [ERREUR, ERREUR, DEJA]
    assert jugees[0].erreurs == {"debut": textes.retiree_depuis(date(2026, 6, 10))}


def test_every_qualification_in_its_way_is_named(troupe: Troupe) -> None:
    qui, individu_id = numero(troupe.formateur.individu_id), troupe.formateur.individu_id
    with transaction():
        (q,) = db.session.scalars(select(Qualification).filter_by(individu_id=individu_id))
        q.fin = date(2025, 12, 31)
        niveau_id = q.niveau_id
    suivantes = [(date(an, 1, 1), date(an, 12, 31)) for an in (2027, 2029)]
    for debut, fin in suivantes:
        une_qualification(individu_id, niveau_id, debut, fin)
    (jugee,) = examiner(troupe.administrateur, lignes((qui, "SST / 1", "01/06/2025", "31/12/2030"))).lignes
    assert jugee.erreurs == {"fin": textes.suivie(suivantes)}
    assert "du 01/01/2027 au 31/12/2027 et celle du 01/01/2029 au 31/12/2029" in jugee.erreurs["fin"]


def test_what_was_granted_again_counts_before_what_was_withdrawn(troupe: Troupe) -> None:
    qui, admin, individu_id = (
        numero(troupe.formateur.individu_id),
        troupe.administrateur,
        troupe.formateur.individu_id,
    )
    with transaction():
        (q,) = db.session.scalars(select(Qualification).filter_by(individu_id=individu_id))
        q.fin, q.retrait_le = date(2027, 12, 31), date(2026, 6, 10)
        niveau_id = q.niveau_id
    une_qualification(individu_id, niveau_id, date(2026, 9, 1), date(2029, 8, 31))
    cas = (("01/09/2026", "31/08/2029"), ("01/09/2026", "31/08/2030"), ("01/07/2026", "31/08/2026"))
    jugees = examiner(admin, lignes(*((qui, "SST / 1", *dates) for dates in cas))).lignes
    assert [j.verdict for j in jugees] == [DEJA, PROLONGE, ERREUR]


@pytest.mark.parametrize("autre", ["PRAP-IBC", "РRАР IВС"])
def test_a_niveau_that_two_could_be_is_nobody_s_guess(troupe: Troupe, autre: str) -> None:
    un_certificat("PRAP-IBC bis", autre)
    qui = numero(troupe.formateur.individu_id)
    (jugee,) = examiner(
        troupe.administrateur, lignes((qui, "PRAP IBC / 1", "01/01/2026", "31/12/2026"))
    ).lignes
    assert (jugee.verdict, list(jugee.erreurs)) == (ERREUR, ["niveau"])


def test_an_archived_dispositif_is_told_apart_from_one_that_nobody_knows(troupe: Troupe) -> None:
    un_certificat("PRAP-IBC", "PRAP IBC").niveau.dispositif.archive_le = aujourd_hui()
    db.session.commit()
    qui = numero(troupe.formateur.individu_id)
    jugees = examiner(
        troupe.administrateur,
        lignes(*((qui, niveau, "01/01/2026", "31/12/2026") for niveau in ("prap ibc/1", "PRAP/1"))),
    ).lignes
    assert [j.erreurs for j in jugees] == [
        {"niveau": textes.NIVEAU_ARCHIVE},
        {"niveau": textes.NIVEAU_ILLISIBLE},
    ]


def test_headings_are_found_under_a_title_in_any_order_and_case() -> None:
    lues = reperer(
        lire_texte(
            "Qualifications 2026\n\nFIN;commentaire;numero forprev;DISPOSITIF / NIVEAU;debut\nd;;a;b;c\n;x\n"
        ),
        COLONNES,
        "fichier",
    )
    assert [(ligne.numero, ligne.textes) for ligne in lues.lignes] == [
        (4, {"numero": "a", "niveau": "b", "debut": "c", "fin": "d"})
    ]
    refuses = {
        "N° Forprev;Début\nA;B": "les colonnes «\u00a0Dispositif niveau\u00a0», «\u00a0Fin\u00a0»",
        "N° Forprev;Dispositif;Début;Fin;fin\na;b;c;d;e": "«\u00a0Fin\u00a0» est là deux fois",
        "N° Forprev;Dispositif;Début;Fin\n;;;\n": "aucune ligne",
    }
    for texte, message in refuses.items():
        with pytest.raises(SaisieInvalide, match=message):
            reperer(lire_texte(texte), COLONNES, "fichier")


def masquee(colonnes: tuple[int, ...] = ()) -> Table:
    """A table whose second line and these columns are hidden."""
    rangees = [
        Rangee(1, ("N° Forprev", "Dispositif niveau", "Début", "Fin", "Nom")),
        Rangee(2, ("STE10001", "SST / 1", "01/01/2026", "31/12/2026", "Rivière")),
        Rangee(3, ("STE10001", "SST / 1", "01/01/2027", "31/12/2027", "Rivière"), masquee=True),
    ]
    return Table(rangees, "Qualifs", colonnes)


def test_what_the_table_hides_is_left_out_unless_asked_for() -> None:
    lu = reperer(masquee((4,)), COLONNES, "fichier")
    assert (lu.masquees, lu.colonnes_masquees) == (1, ("nom",))
    assert [(ligne.numero, ligne.textes["nom"]) for ligne in lu.retenues(False)] == [(2, "")]
    assert [(ligne.numero, ligne.textes["nom"]) for ligne in lu.retenues(True)] == [
        (2, "Rivière"),
        (3, "Rivière"),
    ]


def test_a_column_that_is_needed_must_be_seen() -> None:
    with pytest.raises(SaisieInvalide, match=r"Fin.{2} est masquée"):
        reperer(masquee((3, 4)), COLONNES, "fichier")

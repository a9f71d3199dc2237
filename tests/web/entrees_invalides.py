"""Hostile and clumsy input, by kind of field: what is typed, and a part of what is then said beside it."""

NOMS_ACCEPTES: dict[str, str] = {
    "O'Connor": "O'Connor",
    "O’Connor": "O’Connor",
    "D'Almeida--Faÿ": "D'Almeida--Faÿ",
    "Łukasz Żółć": "Łukasz Żółć",
    "Nguye\u0302\u0303n": "Nguyễn",  # NFD, kept in NFC
    "İnci": "İnci",
    "ß": "ß",
    "Ελένη": "Ελένη",
    "Жанна": "Жанна",
    "\tMartin": "Martin",
    "  De\u00a0La  Tour\u200b ": "De La Tour",
    "CON": "CON",
    "null": "null",
    "x" * 80: "x" * 80,
}
"""As typed → as kept, and so as shown and printed."""

NOMS_REFUSES: dict[str, str] = {
    "": "doit être renseigné",
    "   ": "doit être renseigné",
    "\u00a0": "doit être renseigné",
    "\u200b": "doit être renseigné",
    "李小龍": "Cette écriture ne peut pas être imprimée",
    "علي": "Cette écriture ne peut pas être imprimée",
    "Zoé 😀": "n'est pas accepté",
    "Zo\u202eé": "caractère invisible",
    "e" + "\u0301" * 30: "accent qui ne peut pas être imprimé",
    "Zo\0é": "caractère de contrôle",
    "Zoé\r\nBcc: x@y.fr": "retour à la ligne",
    "<b>Bob</b>": "Le caractère « < » n'est pas accepté",
    "<script>alert(1)</script>": "Le caractère « < »",
    '" onfocus=alert(1) x="': 'Le caractère « " »',
    '" hx-get="/deconnexion" hx-trigger="load': 'Le caractère « " »',
    "{{7*7}}": "Le caractère « { »",
    "{% include '/etc/passwd' %}": "Le caractère « { »",
    '<img src="http://127.0.0.1:9/x">': "Le caractère « < »",
    '<pdf:include src="/etc/passwd">': "Le caractère « < »",
    "&lt;i&gt;": "Le caractère « & »",
    '=HYPERLINK("http://x")': "Le caractère « = »",
    "+33": "Le caractère « + »",
    "-1": "Les chiffres ne sont pas acceptés",
    "@SUM": "Le caractère « @ »",
    "../../x": "Le caractère « / »",
    "a/b": "Le caractère « / »",
    "x²": "Les chiffres ne sont pas acceptés",
    "x" * 81: "80 caractères au plus",
    "x" * 255: "80 caractères au plus",
    "x" * 10_000: "80 caractères au plus",
}

_QUELQUES = ("   ", "李小龍", "Zo\0é", '" onfocus=alert(1) x="', "<script>alert(1)</script>", "x" * 10_000)
QUELQUES_NOMS_REFUSES = {saisi: NOMS_REFUSES[saisi] for saisi in _QUELQUES}
"""For the fields that go through the very same reading."""

# Today is 10/06/2026 in the tests that read these.
DATES_REFUSEES: dict[str, str] = {
    "31/02/2026": "n'existe pas",
    "29/02/2027": "n'existe pas",
    "01/13/2026": "n'existe pas",
    "1/6/26": "quatre chiffres",
    "01/06/0026": "entre 1900 et 2100",
    "00/00/0000": "n'existe pas",
    "01/01/0001": "entre 1900 et 2100",
    "31/12/9999": "entre 1900 et 2100",
    "01/01/10000": "jj/mm/aaaa",
    "٠١/٠١/٢٠٢٦": "jj/mm/aaaa",
    "0x1/06/2026": "jj/mm/aaaa",
    "10/06/2026\0": "jj/mm/aaaa",
    "<b>10/06/2026</b>": "jj/mm/aaaa",
    "9" * 400: "jj/mm/aaaa",
    "1_0/06/2026": "jj/mm/aaaa",
    "²/06/2026": "jj/mm/aaaa",
}

FINS_REFUSEES: dict[str, str] = {
    **DATES_REFUSEES,
    "09/05/2026": "Le délai d'un mois est dépassé",  # R1: the window is closed
    "11/09/2026": "",
}

NAISSANCES_REFUSEES: dict[str, str] = {
    **{texte: message for texte, message in DATES_REFUSEES.items() if not texte.endswith("0026")},
    "31/12/1899": "1900",
    "10/06/2026": "10/06/2026",  # the day of F
    "11/06/2026": "10/06/2026",
}

NOMBRES_REFUSES = [
    "-1",
    "0",
    "1e9",
    "NaN",
    "1,5",
    str(2**31),
    str(2**63),
    "9" * 400,
    "²",
    "٣",
    "1_000",
    "1 OR 1=1",
    "null",
    "1\0",
]
"""Where the identifier of a row is posted."""

CODES_POSTAUX_ACCEPTES = ["01000", "97400", "98000"]
CODES_POSTAUX_REFUSES = [
    *NOMBRES_REFUSES,
    "2A004",
    "7500",
    "750011",
    "75 001",
    "７５００１",
    "<script>alert(1)</script>",
]

ADRESSES_DE_CONNEXION = [
    "a@b",
    "a@x.fr\r\nBcc: b@x.fr",
    '"jean dupont"@x.fr',
    "jean@élan.fr",
    "JEAN+certif@X.FR",
    "x" * 245 + "@x.example",
    "a@x.fr, b@x.fr",
    "Jean <a@x.fr>",
    '" onfocus=alert(1) x="',
    "<script>alert(1)</script>",
    "a\0b@x.fr",
    "١٢٣٤٥",
    "x" * 50_000,
]

COMMENTAIRES_REFUSES: dict[str, str] = {
    "": "Écrivez votre commentaire",
    " \r\n\t\u00a0 ": "Écrivez votre commentaire",
    "\u200b": "Écrivez votre commentaire",
    "x" * 2001: "caractères au plus",
    "x" * 500_000: "caractères au plus",
    "a\0b": "caractère de contrôle",
    "a\u202eb": "caractère de contrôle",
    "a\x1b[2Jb": "caractère de contrôle",
}
COMMENTAIRES_ACCEPTES = [
    "x" * 2000,
    "Deux\nlignes",
    "<script>alert(1)</script>",
    '" onfocus=alert(1) x="',
    "</textarea><img src=x onerror=alert(1)>",
    "{{7*7}} {% include '/etc/passwd' %}",
    "&lt;i&gt;",
    '=HYPERLINK("http://x")',
    "李小龍 😀",
]

REFERENCES_ACCEPTEES = [
    "<b>Bob</b>",
    '" hx-get="/deconnexion" hx-trigger="load',
    "{{7*7}}",
    "&lt;i&gt;",
    '=HYPERLINK("http://x")',
    "../../x",
    "null",
    "x" * 80,
]
REFERENCES_REFUSEES: dict[str, str] = {
    "x" * 81: "80 caractères au plus",
    "x" * 10_000: "80 caractères au plus",
    "a\0b": "caractère de contrôle",
    "a\r\nb": "caractère de contrôle",
    "a\u202eb": "caractère de contrôle",
}

RECHERCHES = [
    "%",
    "_",
    "'; DROP TABLE stagiaire; --",
    "' OR '1'='1",
    "\\",
    "<script>alert(1)</script>",
    '" onfocus=alert(1) x="',
    '" hx-get="/deconnexion" hx-trigger="load',
    "{{7*7}}",
    "9" * 400,
    "n°" + "9" * 30,
    "²",
    "٣",
    "\0",
    "\u202e",
    "x" * 10_000,
    "ﷺ" * 80,
    b"\xff\xfe",
]

PARAMETRES_DE_LISTE = [
    "page=-1",
    "page=0",
    "page=1e9",
    "page=" + "9" * 400,
    "page=%C2%B2",
    "page=1&page=2",
    "tri=mot_de_passe",
    "tri=numero;DROP TABLE",
    "tri=__class__",
    "sens=../..",
    "etat=purgee",
    "etat=saisie&etat=genere",
    "par=%00",
    "recherche=%FF%FE",
    "recherche[]=x",
    "liste=toutes",
    "entite_id=2&role=administrateur",
    "&&&=&",
]

RESULTATS_REFUSES = [
    "oui",
    "REUSSITE",
    "reussite ",
    "<b>reussite</b>",
    "1",
    "null",
    "\0",
    "reussite,echec",
]

CHAMPS_EN_TROP = {
    "role": "administrateur",
    "entite_id": "1",
    "etat": "genere",
    "numero": "1",
    "declarant_id": "1",
    "formateur_id": "1",
    "zip_cle": "1/x.zip",
    "genere_le": "2020-01-01",
    "resultat": "reussite",
    "cle_nom": "x",
    "premiere_soumission_le": "2020-01-01",
}

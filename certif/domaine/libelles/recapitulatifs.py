"""What a move that cannot be undone will do, said before it is confirmed, and told once it is done."""

from datetime import date

from certif.domaine.libelles.typographie import francais, phrase, pluriel

ATTENDEZ = francais("Attendez si personne ne sera là.")


def saisie_reprise(numero: int, formateur: str) -> str:
    return phrase(
        "La session n°{numero} n'est plus proposée à {formateur}. "
        "Les réponses déjà enregistrées sont effacées. "
        "Vous pourrez changer de formateur et la soumettre de nouveau.",
        numero=numero,
        formateur=formateur,
    )


def generer(nombre: int, dernier_jour: date) -> str:
    """R6, R8; `dernier_jour` is the last day of download if it is generated today."""
    quoi = "{combien} va être établi." if nombre < 2 else "{combien} vont être établis."
    quand = "Vous aurez jusqu'au {dernier_jour:%d/%m/%Y} inclus pour " + (
        "le télécharger." if nombre < 2 else "les télécharger."
    )
    combien = pluriel(nombre, "certificat", "certificats")
    return phrase(f"{quoi} {quand} ", combien=combien, dernier_jour=dernier_jour) + ATTENDEZ


def supprimer(numero: int, niveau: str, stagiaires: int) -> str:
    """The confirmation names the session; `niveau` is "" when none is chosen yet."""
    combien = pluriel(stagiaires, "stagiaire", "stagiaires") if stagiaires else ""
    precisions = ", ".join(precision for precision in (niveau, combien) if precision)
    return phrase(
        "La session n°{numero}{precisions} va être supprimée définitivement.",
        numero=numero,
        precisions=f" ({precisions})" if precisions else "",
    )


def clore(numero: int, stagiaires: int) -> str:
    """R5: no réussite."""
    qui = "le stagiaire n'est pas" if stagiaires < 2 else "aucun des {stagiaires} stagiaires n'est"
    return phrase(
        f"La session n°{{numero}} va être close sans certificat : {qui} en réussite. "
        "Les identités saisies seront effacées définitivement.",
        numero=numero,
        stagiaires=stagiaires,
    )


def modifier(numero: int, formateur: str) -> str:
    return phrase(
        "La saisie de la session n°{numero} va être rouverte. Les résultats sont effacés "
        "et {formateur} devra valider de nouveau ; ses réponses inchangées lui seront proposées.",
        numero=numero,
        formateur=formateur,
    )


def rouvrir(numero: int) -> str:
    return phrase(
        "La session n°{numero} va être rouverte. Les certificats déjà établis sont retirés "
        "et leurs numéros ne seront jamais réutilisés.",
        numero=numero,
    )


def tous_en_reussite(nombre: int) -> str:
    """After *Tous en réussite*, with its undo."""
    return pluriel(nombre, "stagiaire mis en réussite", "stagiaires mis en réussite")


def resultats(reussites: int, echecs: int) -> str:
    """What the formateur is about to send."""
    return f"{pluriel(reussites, 'réussite', 'réussites')}, {pluriel(echecs, 'échec', 'échecs')}"

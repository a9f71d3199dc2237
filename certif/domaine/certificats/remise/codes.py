"""A hand-over code: how it is made, written and read; and who it is for, in initials alone. No database.

Twenty-six characters out of the 32 of certificate numbers: 130 bits. Nothing is drawn but a salt: the code is
a keyed hash of it, so that it can be shown again and again and is kept nowhere.
"""

import re
import secrets
from collections import Counter
from collections.abc import Sequence

from certif.domaine.certificats.registre.numeros import ALPHABET
from certif.domaine.noms import majuscules
from certif.socle.adresses import adresse
from certif.socle.chiffrement import empreinte_secrete

LONGUEUR = 26
CHEMIN = "/r"
PARAMETRE = "c"
"""Of the address, whose path is all that access logs keep."""

_BITS = 5
_LU_MAX = 200
_ADRESSE = re.compile(rf".*[?&]{PARAMETRE}=([^&#]*).*", re.DOTALL)
_SEPARATEURS = re.compile(r"[\s\-._\u00ad\u2010-\u2015\u2212\u200b]+")
_CARACTERES = frozenset(ALPHABET)


def nouveau_sel() -> str:
    """What a new code is computed from."""
    return secrets.token_urlsafe(32)


def code_de(sel: str) -> str:
    """The code of this salt, in its plain form."""
    bits = int(empreinte_secrete("code de remise", sel), 16)
    return "".join(ALPHABET[bits >> _BITS * place & 31] for place in range(LONGUEUR))


def empreinte_de(code: str) -> str:
    """By which a code is recognised: nobody without the secret key finds it again from this."""
    return empreinte_secrete("code de remise lu", code)


def lire(texte: str) -> str | None:
    """The plain form of a code as it is scanned, typed or pasted with its address; None if it is none."""
    if len(texte) > _LU_MAX:
        return None
    if trouvee := _ADRESSE.fullmatch(texte):
        texte = trouvee[1]
    lu = _SEPARATEURS.sub("", texte)
    lu = lu.upper() if lu.isascii() else lu
    return lu if len(lu) == LONGUEUR and _CARACTERES.issuperset(lu) else None


def presenter(code: str) -> str:
    """The code in groups of four, for people."""
    return " ".join(code[i : i + 4] for i in range(0, len(code), 4))


def adresse_de(code: str) -> str:
    """Where it leads: what its QR says."""
    return adresse(f"{CHEMIN}?{PARAMETRE}={code}")


def adresse_a_saisir() -> str:
    """Where somebody without a camera types the code, without what browsers add by themselves."""
    return adresse(CHEMIN).partition("://")[2]


def initiales(nom: str, prenom: str) -> str:
    """« M. D. » for Marie DUPONT; one letter for a single name."""
    lettres = (next((c for c in majuscules(partie) if c.isalpha()), "") for partie in (prenom, nom))
    return " ".join(f"{lettre}." for lettre in lettres if lettre)


def etiquettes(personnes: Sequence[tuple[str, str]]) -> list[str]:
    """The initials of each (nom, prénom), in their order; those that several have, with a rank.

    The rank is that of the list, which nobody but its readers knows: it tells two people apart and nothing
    more of either.
    """
    toutes = [initiales(nom, prenom) for nom, prenom in personnes]
    combien, vues = Counter(toutes), Counter[str]()
    dites = []
    for courante in toutes:
        vues[courante] += 1
        dites.append(f"{courante} ({vues[courante]})" if combien[courante] > 1 else courante)
    return dites

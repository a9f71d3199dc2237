"""INDIVIDUS: the words of its list, records and forms, and of persons who are merged or erased (R18)."""

from collections.abc import Sequence

from certif.domaine.libelles.typographie import francais, phrase, pluriel

ADRESSE_PRISE = francais("Cette adresse est déjà celle d'une autre personne.")
ADRESSE_D_ADMINISTRATEUR = francais(
    "Un administrateur doit pouvoir se connecter : indiquez l'adresse où l'inviter."
)
NAISSANCE_DE_FORMATEUR = francais(
    "Indiquez la date de naissance d'un formateur : une entité le trouve par elle, ou par son N° Forprev."
)
SANS_ADRESSE_PAS_ADMINISTRATEUR = francais(
    "Un administrateur doit pouvoir se connecter : donnez d'abord une adresse à cette personne."
)
PAS_SOI_MEME = francais("Il s'agit de votre propre compte : un autre administrateur peut le faire.")
DEJA_DESACTIVE = francais("Ce compte est déjà désactivé.")
DEJA_ACTIF = francais("Ce compte n'est pas désactivé.")
ROLE_INCONNU = francais("Choisissez l'un des rôles de cette personne.")
ENTITE_A_INDIQUER = francais("Indiquez l'entité : son SIRET ou sa raison sociale.")
ENTITE_EN_TROP = francais("Ce rôle ne se tient dans aucune entité : laissez ce champ vide.")
ENTITE_INCONNUE = francais("Aucune entité n'a ce SIRET ni cette raison sociale.")
ENTITES_HOMONYMES = francais("Plusieurs entités ont cette raison sociale : indiquez le SIRET.")

NAISSANCE_AIDE = francais("À indiquer pour un formateur : elle permet de le trouver sans son N° Forprev.")
EMAIL_AIDE = francais("Pour l'inviter à créer son compte.")
ENTITE_AIDE = francais("SIRET ou raison sociale, pour un gestionnaire ou un délégataire.")
FIN_AIDE = francais("Dernier jour compris. Sans date, le rôle dure jusqu'à ce qu'il soit retiré.")
CHANGER_L_ADRESSE = francais(
    "L'ancienne adresse et la nouvelle sont prévenues, les connexions ouvertes sont fermées."
)
INVITER = francais(
    "Une invitation valable sept jours ; celle que la plateforme aurait déjà envoyée ne sert plus."
)
RETIRER_LE_SECOND_FACTEUR = francais(
    "Pour qui a perdu son téléphone, ses codes de secours et ses clés d'accès : le mot de passe suffira à sa "
    "prochaine connexion. Assurez-vous d'abord de parler à la bonne personne."
)
SANS_ROLE = francais("Aucun rôle : cette personne n'a aucun espace où entrer.")
DESACTIVER = francais(
    "La personne est déconnectée tout de suite, sur tous ses appareils, et ne peut plus entrer. "
    "Rien de ce qu'elle a fait n'est perdu ; le compte pourra être réactivé."
)
FIN_DU_COMPTE_AIDE = francais("Dernier jour compris. Sans date, le compte reste ouvert jusqu'à nouvel ordre.")
FIN_DU_COMPTE = francais(
    "Après ce jour, la personne ne peut plus entrer, quels que soient ses rôles ; rien d'elle n'est perdu."
)
REACTIVER = francais(
    "La personne pourra de nouveau se connecter, avec ceux de ses rôles qui ne sont pas terminés."
)
AUCUN_RESSEMBLANT = francais("Personne de semblable n'est connu de Certif.")
RESSEMBLANTS = francais("Ces personnes existent déjà : est-ce l'une d'elles ?")
MEME_PERSONNE = francais(
    "Si cette personne existe déjà, n'envoyez pas cette invitation : donnez-lui ce rôle depuis sa fiche."
)
COMPTE_SANS_ADRESSE = francais("Sans adresse e-mail : personne ne peut être invité à ce compte.")

FUSIONNER = francais(
    "Quand une même personne a deux fiches : tout ce que porte celle-ci passe à l'autre, et son N° continue "
    "de mener à elle."
)
FUSION_DEFINITIVE = francais("Cela ne peut pas être défait.")
CE_QUI_PASSE = francais("Ce qui passe d'une fiche à l'autre")
COMPTE_INCHANGE = francais("Le compte de la fiche gardée ne change pas.")
EFFACEMENT_DEFINITIF = francais(
    "Son nom, sa date de naissance, son adresse et son compte disparaissent ; ce qu'elle a fait reste, au "
    "nom de « Personne supprimée ». Cela ne peut pas être défait."
)
ROLES_RETIRES = francais("Rôles qui prennent fin")

ELLE_MEME = francais("Indiquez une autre personne : celle-ci ne peut pas être fusionnée avec elle-même.")
SON_COMPTE = francais(
    "Vous ne pouvez pas fusionner votre propre fiche dans une autre : gardez la vôtre, et fusionnez l'autre "
    "dans celle-ci."
)
DEJA_FUSIONNEE = francais("L'une de ces deux fiches a déjà été fusionnée : seul son N° sert encore.")
DEJA_EFFACEE = francais("L'une de ces deux personnes a été supprimée : elle ne peut plus être fusionnée.")
DESACTIVEE = francais(
    "Le compte de la personne à garder est désactivé ou a pris fin : réactivez-le d'abord, ou gardez l'autre."
)
NAISSANCES = francais(
    "Ces deux fiches n'ont pas la même date de naissance : corrigez d'abord celle qui est fausse."
)

PAS_SA_PROPRE_FICHE = francais("Vous ne pouvez pas supprimer votre propre fiche.")
FUSIONNEE = francais("Cette fiche a été fusionnée : supprimez celle de la personne qui reste.")

SUJET_REUNIES = francais("Vos deux fiches Certif sont réunies")
_REUNIES = "Deux fiches étaient à votre nom : elles sont réunies, avec tous vos rôles."
ADRESSE_GARDEE = francais(
    f"{_REUNIES} Connectez-vous avec cette adresse, ou avec l'un de vos deux N° Forprev. "
    "Si votre mot de passe est refusé, choisissez-en un autre avec « Mot de passe oublié »."
)
ADRESSE_PERDUE = francais(
    f"{_REUNIES} Cette adresse ne sert plus à vous connecter : utilisez votre autre adresse, ou l'un de vos "
    "deux N° Forprev."
)


def fusion(absorbe: str, survivant: str, numero: str) -> str:
    """The recap of a merge."""
    return phrase(
        "La fiche {absorbe} disparaît dans celle de {survivant}, que le N° {numero} désignera désormais.",
        absorbe=absorbe,
        survivant=survivant,
        numero=numero,
    )


def comptes(qualifications: int, sessions: int) -> Sequence[str]:
    """How many qualifications and sessions follow; nothing of what there is none of."""
    lus = ((qualifications, "qualification", "qualifications"), (sessions, "session", "sessions"))
    return [pluriel(combien, un, plusieurs) for combien, un, plusieurs in lus if combien]


def invitation(envoyee: str, expire: str) -> str:
    """An invitation that was not used yet."""
    return phrase("Envoyée le {envoyee}, valable jusqu'au {expire}", envoyee=envoyee, expire=expire)


def compte_repris(email: str) -> str:
    """The person who remains had no account: they take the other's."""
    return phrase(
        "Le compte et son mot de passe : la connexion se fera avec {email}.", email=email or "le N°"
    )


def adresse_reprise(email: str) -> str:
    """The person who remains had no address: they take the other's."""
    return phrase("L'adresse {email}.", email=email)


def adresse_perdue(email: str, *, prevenue: bool) -> str:
    """Of two addresses, one remains; the other is told when the account that remains is open."""
    suite = " ; elle est prévenue" if prevenue else ""
    return phrase("L'adresse {email} n'ouvrira plus aucun compte{suite}.", email=email, suite=francais(suite))


def effacement(nom: str) -> str:
    """The recap of an erasure."""
    return phrase("{nom} sera supprimé(e) de Certif.", nom=nom)


def sera_creee(nom: str, naissance: str, role: str) -> str:
    """The recap of a creation; `naissance` and `role` are "" where nothing was given."""
    suite = "".join(
        f", {partie}" for partie in (naissance and f"né(e) le {naissance}", role.lower()) if partie
    )
    return phrase("{nom}{suite}.", nom=nom, suite=francais(suite))


def sessions_a_terminer(numeros: Sequence[int]) -> str:
    """Why the formateur of sessions without certificates stays, with the numbers of these sessions."""
    quoi = (
        "elles doivent d'abord être générées, confiées à un autre formateur ou supprimées"
        if len(numeros) > 1
        else "elle doit d'abord être générée, confiée à un autre formateur ou supprimée"
    )
    return phrase(
        "Cette personne est le formateur de {combien} sans certificats (n° {numeros}) : {quoi}.",
        combien=pluriel(len(numeros), "session encore", "sessions encore"),
        numeros=", ".join(map(str, numeros)),
        quoi=francais(quoi),
    )

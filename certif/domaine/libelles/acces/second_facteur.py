"""Second factors of a login: what is refused and why, and the mails that tell of a change."""

from certif.domaine.libelles.typographie import francais

CODE_REFUSE = francais("Ce code n'est pas le bon, ou il a déjà servi. Attendez le suivant, puis recopiez-le.")
CODE_DE_SECOURS_REFUSE = francais("Ce code de secours n'est pas l'un des vôtres, ou il a déjà servi.")
MOT_DE_PASSE_REFUSE = francais("Ce mot de passe n'est pas le bon.")
PRESENCE_PERIMEE = francais(
    "Votre mot de passe ou vos connexions viennent de changer : rien n'a été modifié. "
    "Connectez-vous de nouveau."
)
PAGE_PERIMEE = francais("Cette page était ouverte depuis trop longtemps. Saisissez un nouveau code.")
ETAPE_PERIMEE = francais("Trop de temps a passé depuis votre mot de passe. Connectez-vous de nouveau.")
ACTIVATION_PERIMEE = francais("Cette activation n'est plus en cours. Recommencez-la.")
DEJA_INACTIVE = francais("La double authentification n'est pas active.")
ADMINISTRATEUR_LA_GARDE = francais(
    "Un administrateur garde la double authentification : elle protège les données de toutes les entités. "
    "Vous pouvez changer de téléphone."
)
DERNIERE_CLE = francais(
    "C'est votre seul second facteur, et un administrateur doit en avoir un. "
    "Ajoutez d'abord une autre clé, ou activez la double authentification."
)
SECOND_FACTEUR_D_ABORD = francais(
    "Cette connexion a été ouverte avec le seul mot de passe. "
    "Reconnectez-vous avec votre second facteur, puis recommencez."
)
PAS_SUR_SOI = francais("Un autre administrateur doit le faire pour vous.")

CLE_REFUSEE = francais(
    "Cette clé d'accès n'ouvre aucun compte ici. Réessayez, ou utilisez votre mot de passe."
)
CLE_NON_AJOUTEE = francais("La clé d'accès n'a pas été ajoutée. Recommencez.")
CLE_DEJA_LA = francais("Cet appareil a déjà une clé d'accès pour ce compte.")
LIBELLE_DE_CLE = francais("Donnez à cette clé un nom de 80 caractères au plus, par exemple « Téléphone ».")
TROP_DE_CLES = francais("Vous avez déjà vingt clés d'accès. Retirez-en une d'abord.")

SUJET_ACTIVEE = francais("Double authentification activée")
SUJET_TELEPHONE = francais("Double authentification : nouveau téléphone")
SUJET_DESACTIVEE = francais("Double authentification désactivée")
SUJET_CODES = francais("Nouveaux codes de secours")
SUJET_CODE_UTILISE = francais("Un code de secours a servi")
SUJET_CODES_REFUSES = francais("Des codes de vérification ont été refusés")
SUJET_CLE = francais("Clé d'accès ajoutée à votre compte")
SUJET_CLE_RETIREE = francais("Clé d'accès retirée de votre compte")
SUJET_RETIREE = francais("Double authentification retirée par un administrateur")

_SI_CE_N_EST_PAS_VOUS = francais(
    "Si ce n'est pas vous, changez votre mot de passe sans attendre et prévenez l'administrateur."
)
ACTIVEE = francais(
    "La double authentification vient d'être activée sur votre compte : à chaque connexion, un code vous "
    f"sera demandé après le mot de passe. {_SI_CE_N_EST_PAS_VOUS}"
)
TELEPHONE = francais(
    "Les codes de vérification de votre compte viennent maintenant d'un nouveau téléphone. L'ancien n'en "
    f"donne plus. {_SI_CE_N_EST_PAS_VOUS}"
)
DESACTIVEE = francais(
    "La double authentification vient d'être désactivée sur votre compte : le mot de passe suffit de "
    f"nouveau. {_SI_CE_N_EST_PAS_VOUS}"
)
CODES = francais(
    f"De nouveaux codes de secours remplacent les précédents, qui ne servent plus. {_SI_CE_N_EST_PAS_VOUS}"
)
CODES_REFUSES = francais(
    "Quelqu'un a donné votre mot de passe, puis dix codes de vérification faux : l'entrée est fermée pour "
    f"quinze minutes. {_SI_CE_N_EST_PAS_VOUS}"
)
CLE = francais(
    "Une clé d'accès vient d'être ajoutée : elle ouvre votre compte sans mot de passe. "
    f"{_SI_CE_N_EST_PAS_VOUS}"
)
CLE_RETIREE = francais(
    f"Une clé d'accès vient d'être retirée : elle n'ouvre plus votre compte. {_SI_CE_N_EST_PAS_VOUS}"
)
RETIREE = francais(
    "Un administrateur a retiré la double authentification et les clés d'accès de votre compte, et fermé vos "
    "connexions. Connectez-vous avec votre mot de passe, puis activez-la de nouveau. "
    "Si vous ne l'avez pas demandé, prévenez l'administrateur."
)


def code_utilise(restants: int) -> str:
    reste = f"Il vous en reste {restants}" if restants else "Il ne vous en reste aucun : créez-en d'autres"
    return f"Un code de secours vient d'ouvrir votre compte. {reste}. {_SI_CE_N_EST_PAS_VOUS}"

"""The mails about sessions, and about rights that end: never a trainee's name."""

from datetime import date

from certif.domaine.libelles.assistance import l_administrateur
from certif.domaine.libelles.cadre_des_courriers import abregee
from certif.domaine.libelles.typographie import francais, phrase, pluriel
from certif.domaine.temps import format_date

A_RENSEIGNER = (
    "résultats à renseigner",
    "Vous êtes le formateur déclaré de cette session : indiquez les stagiaires en réussite.",
)
"""What comes after « Session n°125 : » in the subject, then the message; so for all that follow."""
CORRIGEE = (
    "corrigée, résultats à confirmer",
    "La session a été corrigée : vérifiez-la et confirmez les résultats des stagiaires.",
)
RELANCE = (
    "rappel, résultats attendus",
    "Les résultats des stagiaires de cette session sont toujours attendus. Si vous avez répondu sans réseau, "
    "ouvrez Certif.",
)
REPRISE = (
    "vous n'êtes plus le formateur déclaré",
    "L'entité a repris la saisie de cette session : vous n'avez plus rien à y faire pour le moment.",
)
SUPPRIMEE = ("supprimée", "L'entité a supprimé cette session : vous n'avez plus rien à y faire.")
RETOUR = (
    "retour du formateur, saisie à corriger",
    "Le formateur vous a renvoyé la session : corrigez la saisie, puis soumettez-la de nouveau.",
)
RESULTATS_RECUS = francais(
    "Le formateur a envoyé les résultats des stagiaires : vérifiez-les, puis générez les certificats."
)
CORRECTIONS_D_ABORD = francais(
    "Il propose aussi de corriger l'identité de stagiaires : acceptez ses corrections d'abord."
)
SANS_COMPTE = francais(
    "Vous n'avez pas encore de compte Certif : l'adresse ci-dessous, valable une seule fois pendant 7 jours, "
    "vous fait choisir un mot de passe, puis vous mène à la session."
)
DERNIER_JOUR_DES_RESULTATS = (
    "dernier jour, résultats attendus",
    "Le délai d'un mois après la fin de session s'achève ce soir, et les résultats des stagiaires sont "
    "toujours attendus. Si vous avez répondu sans réseau, ouvrez Certif.",
)
DERNIER_JOUR_DE_SAISIE = (
    "dernier jour pour la soumettre",
    "Cette session n'a pas été soumise au formateur. Le délai d'un mois après la fin de session s'achève ce "
    "soir à minuit : demain, elle ne pourra plus l'être.",
)
HABILITATION_FINIT = francais(
    "Ensuite, vous ne pourrez plus déclarer de session qui se termine après cette date. Si vous ne l'avez "
    "pas encore fait, demandez son renouvellement depuis la page Habilitations."
)
QUALIFICATION_FINIT = francais(
    "Ensuite, vous ne pourrez plus certifier de session qui se termine après cette date. Si vous ne l'avez "
    "pas encore fait, inscrivez-vous à son renouvellement."
)
SUJET_CONFIEE = "elle vous est confiée"
CONFIEE = francais("Cette session vous est confiée : vous en êtes désormais le déclarant.")
SUJET_EMPECHE = "le formateur ne peut plus répondre"


def sujet_formateur(organisation: str, numero: int, objet: str) -> str:
    """The organisation comes first for formateurs, who work for several; a very long name is cut."""
    return phrase(
        "{organisation} – session n°{numero} : {objet}",
        organisation=abregee(organisation),
        numero=numero,
        objet=francais(objet),
    )


def resultats_recus(corrections: int) -> str:
    """R5: `corrections` of a stagiaire's identity are proposed with them."""
    return f"{RESULTATS_RECUS} {CORRECTIONS_D_ABORD}" if corrections else RESULTATS_RECUS


def sujet_entite(numero: int, objet: str) -> str:
    return francais(f"Session n°{numero} : {objet}")


def objet_generer(date_fin: date, aujourd_hui: date) -> str:
    """« résultats reçus, certificats à générer », and from which day when it is still to come."""
    quand = f" (à partir du {format_date(date_fin)})" if date_fin > aujourd_hui else ""
    return f"résultats reçus, certificats à générer{quand}"


def formateur_empeche(refus: str) -> str:
    """The mail; `refus` is what R3 says."""
    return (
        f"Le formateur déclaré de cette session ne peut plus en renseigner les résultats. {refus} "
        "Reprenez la saisie pour choisir un autre formateur."
    )


def formateur_sans_compte(prenom: str) -> str:
    """Whoever accepts it lands on the session."""
    return phrase(
        "{prenom} n'a pas encore de compte : une invitation lui a été envoyée. "
        "Si elle s'est perdue, une relance en enverra une nouvelle.",
        prenom=prenom,
    )


def courriel_non_remis(qui: str, quand: str, *, copier: bool = False) -> str:
    """On the session; `quand` reads "11/04/2026 à 18 h 12". `copier`: the page offers the link."""
    envoyez = "Copiez le lien de la session et envoyez-le autrement, puis demandez" if copier else "Demandez"
    return phrase(
        "Le courriel à {qui} n'a pas pu être remis : la messagerie l'a refusé le {quand}. {envoyez} à cette "
        "personne, ou à {l_administrateur}, de corriger son adresse.",
        qui=qui,
        quand=quand,
        envoyez=francais(envoyez),
        l_administrateur=l_administrateur(),
    )


def mon_courriel_non_remis(quand: str) -> str:
    """The same, to whom it was for."""
    return phrase(
        "Le courriel qui vous était destiné n'a pas pu être remis : la messagerie l'a refusé le {quand}. "
        "Vérifiez votre adresse dans Mon compte.",
        quand=quand,
    )


def formateur_sans_adresse(prenom: str) -> str:
    return phrase(
        "{prenom} n'a pas d'adresse e-mail dans Certif : personne n'a pu être prévenu. Prévenez cette "
        "personne vous-même, et demandez à {l_administrateur} d'enregistrer son adresse.",
        prenom=prenom,
        l_administrateur=l_administrateur(),
    )


def faits(
    certificat: str,
    date_fin: date | None,
    lieu: str,
    stagiaires: int,
    declarant: str,
    entite: str,
    formateur: str,
    echeance: str,
) -> list[str]:
    """What a mail says of a session, a line each, without what is ""; `entite` goes with who asks."""
    trouves = (
        ("Certificat", certificat),
        ("Date de fin de session", format_date(date_fin) if date_fin else ""),
        ("Lieu de formation", lieu),
        ("Stagiaires", str(stagiaires or "")),
        ("Formateur", formateur),
        ("Demandée par" if entite else "Déclarée par", ", ".join(filter(None, (declarant, entite)))),
    )
    lignes = [phrase("{nom} : {valeur}", nom=nom, valeur=valeur) for nom, valeur in trouves if valeur]
    return [*lignes, *filter(None, (echeance,))]


def faits_en_une_ligne(
    certificat: str, date_fin: date | None, lieu: str, stagiaires: int, declarant: str, suite: str
) -> str:
    """`SST-1, fin le 10/06/2026, 26800 ETOILE SUR RHONE, 12 stagiaires, …`, then a sentence."""
    connus = (
        certificat,
        f"fin le {format_date(date_fin)}" if date_fin else "",
        lieu,
        pluriel(stagiaires, "stagiaire", "stagiaires") if stagiaires else "",
        f"déclarée par {declarant}" if declarant else "",
    )
    return ". ".join(filter(None, (", ".join(filter(None, connus)), francais(suite))))


def resultats_attendus(cloture: date) -> str:
    """In the digest, after which session it is."""
    return f"résultats des stagiaires attendus avant le {format_date(cloture)}"


def resultats_avant_le(cloture: date) -> str:
    """Until when: for the formateur."""
    return phrase("Résultats attendus avant le : {cloture:%d/%m/%Y}", cloture=cloture)


def aujourd_hui_dernier_jour(jour: date) -> str:
    """The same, on the last day of a delay."""
    return phrase("Jusqu'au : {jour:%d/%m/%Y} inclus, heure de Paris", jour=jour)


def soumettre_jusqu_au(cloture: date) -> str:
    """The same, for the entité, of a draft that was never submitted (R1)."""
    return phrase("À soumettre jusqu'au : {cloture:%d/%m/%Y} inclus", cloture=cloture)


def supprimee_le(efface: date) -> str:
    """The same of a session without certificates (R18)."""
    return phrase("Sans certificats générés, supprimée le : {efface:%d/%m/%Y}", efface=efface)


def telecharger_jusqu_au(dernier_jour: date) -> str:
    """The same once they are generated (R8)."""
    return phrase("À télécharger jusqu'au : {dernier_jour:%d/%m/%Y} inclus", dernier_jour=dernier_jour)


def habilitation_finit(niveau: str, fin: date) -> str:
    """`Habilitation SST / 1 : fin le 30/09/2026`, in the digest of the gestionnaires."""
    return francais(f"Habilitation {niveau} : fin le {format_date(fin)}")


def qualification_finit(niveau: str, fin: date) -> str:
    """`Votre qualification SST / 1 prend fin le 30/09/2026`, in the digest of the formateur."""
    return francais(f"Votre qualification {niveau} prend fin le {format_date(fin)}")

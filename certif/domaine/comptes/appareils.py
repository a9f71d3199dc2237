"""A browser in the words of its owner: « Firefox sur Windows ». Recognised for them, trusted for nothing."""

INCONNU = "Navigateur inconnu"

# In this order: most browsers also claim to be another one.
_NAVIGATEURS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMES = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def appareil(user_agent: str) -> str:
    """The family of the browser and of its system, from what it says of itself."""
    navigateur = next((nom for signe, nom in _NAVIGATEURS if signe in user_agent), "")
    systeme = next((nom for signe, nom in _SYSTEMES if signe in user_agent), "")
    if not navigateur:
        return f"{INCONNU} sur {systeme}" if systeme else INCONNU
    return f"{navigateur} sur {systeme}" if systeme else navigateur

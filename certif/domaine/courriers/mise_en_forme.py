"""The HTML of a mail, from its text: the two parts cannot say different things.

Of `cadre_des_courriers`: blocks apart by an empty line; a line that ends with a colon over an address of the
site is a button; lines that begin with a bullet are a list, under the line above them, each over its address
and what says more.
Nothing else becomes a link: what users type into a name stays text. No image, nothing remote.
"""

from html import escape

from certif.domaine.libelles.cadre_des_courriers import PUCE
from certif.socle.adresses import adresse

_DEUX_POINTS = "\u00a0: "
_STYLE = """
:root { color-scheme: light dark; supported-color-schemes: light dark; }
body { margin: 0; padding: 16px; background: #f8f6f3; color: #1e1c19;
  font: 16px/1.5 -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  -webkit-text-size-adjust: 100%; }
.feuille { max-width: 600px; margin: 0 auto; padding: 24px; background: #fffefd; border: 1px solid #e3ded6;
  border-radius: 8px; overflow-wrap: anywhere; }
h1 { margin: 0 0 24px; font-size: 20px; line-height: 1.3; }
h2 { margin: 24px 0 8px; font-size: 16px; line-height: 1.3; }
p { margin: 0 0 16px; }
ul { margin: 0 0 16px; padding: 0; list-style: none; }
li { margin: 0; padding: 2px 0; }
.liens li { padding: 8px 0 12px; border-top: 1px solid #e3ded6; }
a { color: #0e5563; }
.liens a { display: block; padding: 4px 0; font-weight: 600; }
.precisions { font-size: 14px; }
.bouton { display: inline-block; padding: 12px 20px; background: #0e5563; color: #ffffff; border-radius: 8px;
  font-weight: 600; text-decoration: none; }
.discret { color: #55504a; }
.pied { margin: 24px 0 0; padding-top: 16px; border-top: 1px solid #e3ded6; color: #55504a; font-size: 14px; }
@media (prefers-color-scheme: dark) {
  body { background: #161513; color: #f3f0ea; }
  .feuille { background: #1e1d1a; border-color: #383530; }
  .liens li, .pied { border-color: #383530; }
  a { color: #7ccbd8; }
  .bouton { background: #7ccbd8; color: #06262c; }
  .discret, .pied { color: #c2bbb0; }
}
@media (max-width: 480px) {
  body { padding: 0; background: #fffefd; }
  .feuille { padding: 16px; border: 0; border-radius: 0; }
  .bouton { display: block; text-align: center; }
}
@media (max-width: 480px) and (prefers-color-scheme: dark) {
  body { background: #1e1d1a; }
}
"""


def en_html(sujet: str, corps: str) -> str:
    """The whole document; `corps` is the text of the mail."""
    *blocs, pied = corps.split("\n\n")
    # Where each point of a list is a link of its own, no other stands out.
    boutons = not any(PUCE in bloc and adresse("/") in bloc for bloc in blocs)
    contenu = "\n".join([*(_bloc(b, boutons=boutons) for b in blocs), _paragraphe(pied.splitlines(), "pied")])
    return (
        '<!doctype html>\n<html lang="fr">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        '<meta name="supported-color-schemes" content="light dark">\n'
        f"<title>{escape(sujet)}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f'<body>\n<div class="feuille">\n<h1>{escape(sujet)}</h1>\n{contenu}\n</div>\n</body>\n</html>\n'
    )


def _bloc(bloc: str, *, boutons: bool) -> str:
    lignes = bloc.splitlines()
    if any(ligne.startswith(PUCE) for ligne in lignes):
        return _liste(lignes)
    if len(lignes) == 2 and _est_du_site(lignes[1]):
        classe = ' class="bouton"' if boutons else ""
        return f'<p><a{classe} href="{escape(lignes[1])}">{escape(lignes[0].rstrip(":").rstrip())}</a></p>'
    return _paragraphe(lignes)


def _liste(lignes: list[str]) -> str:
    titre = "" if lignes[0].startswith(PUCE) else f"<h2>{escape(lignes.pop(0))}</h2>\n"
    points: list[list[str]] = []
    for ligne in lignes:
        if ligne.startswith(PUCE):
            points.append([ligne.removeprefix(PUCE)])
        else:
            points[-1].append(ligne)
    classe = "liens" if any(len(point) > 1 for point in points) else "faits"
    dits = "\n".join(f"<li>{_point([ligne.strip() for ligne in point])}</li>" for point in points)
    return f'{titre}<ul class="{classe}">\n{dits}\n</ul>'


def _point(lignes: list[str]) -> str:
    texte, *suite = lignes
    dit = _fait(escape(texte))
    if suite and _est_du_site(suite[0]):
        dit = f'<a href="{escape(suite.pop(0))}">{escape(texte)}</a>'
    return dit + "".join(f'\n<span class="discret precisions">{escape(ligne)}</span>' for ligne in suite)


def _fait(point: str) -> str:
    """`Certificat : SST-1`, its label apart."""
    nom, deux_points, valeur = point.partition(_DEUX_POINTS)
    return f'<span class="discret">{nom}{deux_points}</span>{valeur}' if valeur else point


def _paragraphe(lignes: list[str], classe: str = "") -> str:
    attribut = f' class="{classe}"' if classe else ""
    return f"<p{attribut}>" + "<br>\n".join(map(escape, lignes)) + "</p>"


def _est_du_site(texte: str) -> bool:
    return texte.startswith(adresse("/")) and " " not in texte

/*
 * What waits of one session, and in which order it must go: pure, no store, no network.
 *   suite    {file: [entry…], relire: entry or null}
 *   entry    {id, geste, corps, version, vues, tentee}: the posted form as text, under the version that its page had;
 *            `vues` are the pages that show it; `tentee` once it was sent: it may have arrived
 *   relire   an entry that was refused; `montrees` are the pages where the site has said why
 *   sue      what was recorded last, from here: {id, corps, version, vues, geste}, the version is the one it has given
 */
export const GESTES = {
  brouillon: "enregistrer_resultats",
  envoi: "envoyer_resultats",
  retour: "retour_commente",
};
export const suiteVide = () => ({ file: [], relire: null });
export const enAttente = (suite) => suite.file.at(-1) || suite.relire;

/* The trainees of a posted form, answered or not: the fields of their identity are always there. */
const stagiairesDe = (champs) =>
  [...champs.keys()].filter((nom) => nom.startsWith("nom-")).map((nom) => nom.slice(4));
export const sansResultat = (champs) => stagiairesDe(champs).filter((cle) => !champs.get(`resultat-${cle}`));

/*
 * Puts an entry at its place, or says why not: "ailleurs" when a page that has not seen what waits would undo it.
 * What was never sent is replaced; what was follows it, under the version that it will give.
 */
export function poser(suite, entree, sue) {
  const [page] = entree.vues;
  const derniere = suite.file.at(-1);
  if (!(enAttente(suite)?.vues.includes(page) ?? true)) return "ailleurs";
  if (derniere?.tentee) entree.version = derniere.version + 1;
  else if (derniere) entree.version = suite.file.pop().version;
  else if (sue?.vues.includes(page) && entree.version < sue.version) entree.version = sue.version;
  suite.file.push(entree);
  return suite.file.length === 1 ? "seule" : "derriere";
}

/* It was recorded. What had to be looked at again was, if its page was told why; a comment only goes with a retour. */
export function enregistree(suite, id) {
  if (suite.file[0]?.id !== id) return null;
  const { corps, version, vues, geste } = suite.file.shift();
  const vu = suite.relire?.montrees.some((page) => vues.includes(page));
  const comment = suite.relire?.geste === GESTES.retour && geste !== GESTES.retour;
  if (vu && comment) Object.assign(suite.relire, { corps, version: version + 1 });
  else if (vu) suite.relire = null;
  return { id, corps, version: version + 1, vues, geste };
}

/*
 * It was refused, or kept but for a correction (`gardee`): the last that was said is kept, under the version of the one
 * refused, until somebody looks. `page`: where the site has just said why.
 */
export function refusee(suite, id, { page, gardee } = {}) {
  if (suite.file[0]?.id !== id) return;
  const [premiere] = suite.file;
  const derniere = suite.file.at(-1);
  const version = premiere.version + (gardee ? 1 : 0);
  const geste = suite.relire?.geste === GESTES.retour ? GESTES.retour : derniere.geste;
  suite.relire = { ...derniere, geste, version, montrees: page ? [page] : [] };
  suite.file = [];
}

/* What a page must show over what it holds, unless it shows it already (`siennes`), and the version it posts under. */
export function aMontrer(suite, sue, page, version) {
  const attend = enAttente(suite);
  if (attend?.montrees?.includes(page)) return null;
  if (attend) {
    const { id, corps, geste, tentee, vues } = attend;
    const statut = suite.file.length ? "attente" : "relire";
    return { id, corps, geste, tentee, version: attend.version, statut, siennes: vues.includes(page) };
  }
  if (!sue || sue.version <= version) return null;
  return { ...sue, statut: "su", siennes: sue.vues.includes(page) };
}

/* A page now shows it. */
export function vue(suite, sue, page, id) {
  const trouvee = [enAttente(suite), sue].find((entree) => entree?.id === id);
  if (trouvee && !trouvee.vues.includes(page)) trouvee.vues.push(page);
}

/* How many answers wait: all of them when results are to be sent, else those that are not recorded as they are. */
export function compter(suite, connues = {}) {
  const attend = enAttente(suite);
  if (!attend) return 0;
  const champs = new URLSearchParams(attend.corps);
  const dites = stagiairesDe(champs).filter((cle) => champs.get(`resultat-${cle}`));
  if (attend.geste === GESTES.envoi) return dites.length;
  const dit = (cle) => {
    const resultat = champs.get(`resultat-${cle}`);
    return resultat === "echec" ? resultat + (champs.get(`motif-${cle}`) || "") : resultat;
  };
  return Math.max(1, dites.filter((cle) => dit(cle) !== connues[cle]).length);
}

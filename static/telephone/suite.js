/*
 * What waits of one session, and in which order it must go: pure, no store, no network.
 *   suite    {file: [entry…], relire: entry or null}
 *   entry    {id, geste, corps, version, vues, tentee}: the posted form as text, under the version that its page had;
 *            `vues` are the pages that show it; `tentee` once it was sent: it may have arrived
 *   sue      what was recorded last, from here: {corps, version, vues}, the version that it has given the session
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
  if (derniere && !derniere.vues.includes(page)) return "ailleurs";
  if (derniere?.tentee) entree.version = derniere.version + 1;
  else if (derniere) entree.version = suite.file.pop().version;
  else if (sue?.vues.includes(page) && entree.version < sue.version) entree.version = sue.version;
  suite.file.push(entree);
  return suite.file.length === 1 ? "seule" : "derriere";
}

/* It was recorded. What had to be looked at again was, if this page showed it. */
export function enregistree(suite, id) {
  if (suite.file[0]?.id !== id) return null;
  const entree = suite.file.shift();
  if (suite.relire?.vues.some((page) => entree.vues.includes(page))) suite.relire = null;
  return { corps: entree.corps, version: entree.version + 1, vues: entree.vues, geste: entree.geste };
}

/* It was refused: the last that was said is kept, under the version of the one refused, until somebody looks. */
export function refusee(suite, id) {
  if (suite.file[0]?.id !== id) return;
  const [premiere] = suite.file;
  suite.relire = { ...suite.file.at(-1), version: premiere.version, vues: premiere.vues };
  suite.file = [];
}

/* What a page that has just opened must show over what it holds, and under which version it then posts. */
export function aMontrer(suite, sue, page, version) {
  const attend = enAttente(suite);
  if (attend) {
    attend.vues = [...new Set([...attend.vues, page])];
    const { corps, geste, tentee } = attend;
    return {
      corps,
      geste,
      tentee,
      version: attend.version,
      statut: suite.file.length ? "attente" : "relire",
    };
  }
  if (!sue || sue.version <= version) return null;
  sue.vues = [...new Set([...sue.vues, page])];
  return { corps: sue.corps, version: sue.version, geste: sue.geste, statut: "su" };
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

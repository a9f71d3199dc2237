/*
 * What a phone keeps, and of whom. Every function here runs under the vault's lock (`seul`).
 *   courant            whose sessions are shown
 *   <p>/etat           {contact, version, verrou, perdues: [{numero, nombre, raison}], mots, page}: names nobody
 *   <p>/session/<n>    {numero, faits, reponses, adresses, sue, copiee}: `copiee` is the version of the copy
 *   <p>/suite/<n>      what waits (suite.js)
 *   <p>/page/<path>    {html, csp, le}
 */
import { detruire, ecrire, effacerRangees, lire, lireRangee, nomsDe } from "./coffre.js";
import { compter, enAttente, suiteVide } from "./suite.js";

const UNE_HEURE = 3600_000;
export const etatDe = (p) => lireRangee(`${p}/etat`);
export const seslignes = async (p, sorte) => nomsDe(`${p}/${sorte}/`);
export const suiteDe = async (p, n) => (await lire(`${p}/suite/${n}`)) || suiteVide();
export const sessionDe = (p, n) => lire(`${p}/session/${n}`);

export async function personnes() {
  return (await nomsDe("")).filter((nom) => nom.endsWith("/etat")).map((nom) => nom.slice(0, -5));
}

/* Whose sessions may be shown now: nobody's once a login is known to have ended. */
export async function presente() {
  const p = await lireRangee("courant");
  const etat = p && (await etatDe(p));
  return etat && !etat.verrou ? p : null;
}

/* Writes what waits of a session; once nothing waits anywhere, the key of what did goes. */
export async function garderSuite(p, n, suite) {
  await ecrire({ [`${p}/suite/${n}`]: enAttente(suite) ? suite : undefined });
  if (!(await seslignes(p, "suite")).length) await effacerRangees([`${p}/cle/reponses`]);
}

async function effacerLesCopies(p) {
  const noms = [...(await seslignes(p, "page")), ...(await seslignes(p, "session"))];
  await effacerRangees([...noms, `${p}/cle/copies`]);
}

export async function effacerLaCopie(p, n) {
  const session = await sessionDe(p, n);
  const pages = (session?.adresses || []).map((adresse) => `${p}/page${adresse}`);
  await effacerRangees([...pages, `${p}/session/${n}`]);
}

async function compterSuite(p, n) {
  return compter(await suiteDe(p, n), (await sessionDe(p, n))?.reponses);
}

/* What waits of this person: [{numero, nombre, relire}]. */
export async function attentesDe(p) {
  const trouvees = [];
  for (const nom of await seslignes(p, "suite")) {
    const n = Number(nom.split("/")[2]);
    const suite = await suiteDe(p, n);
    /* Nothing, when the browser took its key away. */
    if (enAttente(suite))
      trouvees.push({ numero: n, nombre: await compterSuite(p, n), relire: !suite.file.length });
  }
  return trouvees;
}

/* Answers that will never be sent leave their number and why, and nothing of what they were. */
export async function perdre(p, n, raison) {
  const nombre = await compterSuite(p, n);
  const etat = await etatDe(p);
  const deja = etat.perdues.find((dite) => dite.numero === n)?.nombre || 0;
  const autres = etat.perdues.filter((dite) => dite.numero !== n);
  if (nombre) etat.perdues = [...autres, { numero: n, nombre: nombre + deja, raison }];
  await ecrire({ [`${p}/etat`]: etat });
  await garderSuite(p, n, suiteVide());
}

async function perdreTout(p, raison) {
  for (const { numero } of await attentesDe(p)) await perdre(p, numero, raison);
}

/* 72 hours without the site: copies go, and so do answers, not without a word. A clock put back ends copies only. */
export async function perimer() {
  for (const p of await personnes()) {
    const { contact, heures } = await etatDe(p);
    const age = Date.now() - contact;
    if (age > heures * UNE_HEURE || age < -UNE_HEURE) await effacerLesCopies(p);
    if (age > heures * UNE_HEURE) await perdreTout(p, "raison_delai");
  }
}

/* Somebody may be logging in: nothing is shown until the site has said who. */
export async function verrouiller() {
  for (const p of await personnes()) await ecrire({ [`${p}/etat`]: { ...(await etatDe(p)), verrou: true } });
}

/* The site answered: what its answer ends is erased before anything is shown or sent. */
export async function apprendre(contact, garder) {
  await perimer();
  const avant = await lireRangee("courant");
  for (const p of await personnes()) {
    if (p === contact.personne) continue;
    if (contact.personne) await effacerLesCopies(p);
    const etat = await etatDe(p);
    const reste = etat.perdues.length || (await seslignes(p, "suite")).length;
    if (contact.personne && !reste) await effacerRangees([...(await nomsDe(`${p}/`)), "courant"]);
    else await ecrire({ [`${p}/etat`]: { ...etat, verrou: true } });
  }
  if (!contact.personne) return;
  const etat = await etatDe(contact.personne);
  if (!etat && !garder) return void (await fermerBoutique());
  if (etat && etat.version !== contact.version) await effacerLesCopies(contact.personne);
  const { version, heures, mots, page } = contact;
  const perdues = etat?.perdues || [];
  const neuf = { contact: Date.now(), verrou: false, version, heures, mots, page, perdues };
  await ecrire({ [`${contact.personne}/etat`]: neuf, courant: contact.personne });
  if (!contact.formateur) {
    await effacerLesCopies(contact.personne);
    await perdreTout(contact.personne, "raison_role");
  } else await trier(contact);
  if (avant !== contact.personne || etat?.version !== version) await oublierLesStyles(version);
}

/* Copies of sessions that wait no more go; of the others, what is recorded there is known. */
async function trier({ personne: p, sessions }) {
  const attendues = new Map(sessions.map((session) => [session.numero, session]));
  for (const nom of await seslignes(p, "session")) {
    const n = Number(nom.split("/")[2]);
    if (!attendues.has(n) && !enAttente(await suiteDe(p, n))) await effacerLaCopie(p, n);
  }
  for (const session of sessions) {
    const { sue, copiee } = (await sessionDe(p, session.numero)) || {};
    const { numero, faits, reponses, adresses } = session;
    await ecrire({ [`${p}/session/${numero}`]: { numero, faits, reponses, adresses, sue, copiee } });
  }
}

/* Style sheets and scripts of pages that are gone; they name nobody. */
async function oublierLesStyles(version) {
  for (const nom of await caches.keys()) if (nom !== version) await caches.delete(nom);
}

/* All of one person; the vault itself, and this service, once nobody has anything in it. */
export async function oublier(p) {
  await effacerRangees([...(await nomsDe(`${p}/`)), "courant"]);
  await fermerBoutique();
}

async function fermerBoutique() {
  if ((await personnes()).length) return;
  await oublierLesStyles();
  await detruire();
  await self.registration.unregister();
}

/*
 * What a phone and the site say to each other. The vault's lock is never held while the network is waited for: a tap is
 * written down at once.
 */
import { ecrire, lireRangee, seul } from "./coffre.js";
import { GESTES, enregistree, refusee } from "./suite.js";
import {
  apprendre,
  attentesDe,
  effacerLaCopie,
  garderSuite,
  perdre,
  presente,
  sessionDe,
  suiteDe,
} from "./garde.js";

const CONTACT = "/formateur/telephone/contact";
export const PATIENCE = 8000;
const VERSION = /name="version" value="(\d+)"/;
const FICHIERS = /\/static\/[^"'()\s#]+/g;
/* Entries that a page's own request is carrying just now. */
export const enChemin = new Set();
let enCours = null;
let suivant = null;
let aGarder = false;
let dernier = 0;

export const contactRecent = () => Date.now() - dernier < 30_000;
export const oublierLeContact = () => {
  dernier = 0;
};

export const delai = (ms) => AbortSignal.timeout(ms);

/* Whether the site itself answers, and nobody in its place. */
export const duSite = (reponse) => reponse.headers.get("X-Certif") === "site";

/* The site's own answer, or null: no network, a breakdown, or somebody else answering in its place. */
async function parler(adresse, options = {}) {
  try {
    const reponse = await fetch(adresse, {
      cache: "no-store",
      redirect: "error",
      ...options,
      signal: delai(PATIENCE),
    });
    const dit = await reponse.json();
    return dit.certif === 1 ? dit : null;
  } catch {
    return null;
  }
}

/*
 * Hears what the site knows, sends what waits, then fetches ahead what may be needed; again after the one at work.
 * `garder`: begin to keep.
 */
export function contacter(garder = false) {
  aGarder ||= garder;
  if (enCours) {
    suivant ||= enCours.then(recommencer, recommencer);
    return suivant;
  }
  enCours = rencontrer().finally(() => {
    enCours = null;
  });
  return enCours;
}

function recommencer() {
  suivant = null;
  return contacter();
}

async function rencontrer() {
  dernier = Date.now();
  const garder = aGarder;
  aGarder = false;
  const contact = await parler(CONTACT);
  if (!contact) return null;
  await seul(() => apprendre(contact, garder));
  if (garder) await prevenir();
  const p = await seul(presente);
  if (p && p === contact.personne) {
    await vider(p, contact.jeton);
    if (contact.formateur) await prendreDAvance(p, contact);
  }
  await prevenir({ contact: true });
  return contact;
}

/* Sends what waits, each session in its order, until one does not arrive. */
async function vider(p, jeton) {
  for (const { numero } of await seul(() => attentesDe(p))) {
    for (;;) {
      const entree = await seul(() => prendre(p, numero));
      if (!entree) break;
      const dit = await envoyer(numero, entree, jeton);
      await seul(() => conclure(p, numero, entree.id, dit?.issue));
      if (!["faite", "gardee"].includes(dit?.issue)) break;
      await prevenir();
    }
  }
}

/* The first that waits, marked as sent before it is. */
async function prendre(p, n) {
  const suite = await suiteDe(p, n);
  const [premiere] = suite.file;
  if (!premiere || enChemin.has(premiere.id)) return null;
  premiere.tentee = true;
  await garderSuite(p, n, suite);
  return premiere;
}

function envoyer(n, { geste, corps, version }, jeton) {
  const champs = new URLSearchParams(corps);
  for (const [nom, valeur] of Object.entries({ geste, version, csrf_token: jeton })) champs.set(nom, valeur);
  return parler(`/formateur/sessions/${n}/telephone`, { method: "POST", body: champs });
}

/* What became of an entry; nothing known changes nothing. `page`: where the site has said it. */
export async function conclure(p, n, id, issue, page) {
  if (issue === "reprise") {
    await perdre(p, n, "raison_reprise");
    return effacerLaCopie(p, n);
  }
  const suite = await suiteDe(p, n);
  const gardee = issue === "gardee";
  if (issue === "a-relire" || (gardee && suite.file.length === 1)) refusee(suite, id, { page, gardee });
  else if (issue === "faite" || gardee) {
    const sue = enregistree(suite, id);
    if (sue?.geste === GESTES.brouillon) await savoir(p, n, sue);
    else if (sue) await effacerLaCopie(p, n);
  } else return;
  await garderSuite(p, n, suite);
}

async function savoir(p, n, sue) {
  const session = await sessionDe(p, n);
  if (session) await ecrire({ [`${p}/session/${n}`]: { ...session, sue } });
}

/* The page that stands for all others, and those of the sessions that changed since they were copied. */
async function prendreDAvance(p, { page, sessions, version }) {
  if (!(await seul(() => lireRangee(`${p}/page${page}`)))) await copier(p, page, version);
  for (const { numero, adresses, version: actuelle } of sessions) {
    const connue = await seul(() => sessionDe(p, numero));
    if (!connue || connue.copiee === actuelle) continue;
    for (const adresse of adresses) await copier(p, adresse, version);
    await prevenir();
  }
}

async function copier(p, adresse, version) {
  try {
    const reponse = await fetch(adresse, { cache: "no-store", redirect: "error", signal: delai(PATIENCE) });
    if (reponse.ok && duSite(reponse)) await garderLaPage(p, adresse, reponse, version);
  } catch {
    /* the next contact fetches it */
  }
}

export async function garderLaPage(p, adresse, reponse, version) {
  const html = await reponse.text();
  const csp = reponse.headers.get("Content-Security-Policy");
  await seul(async () => {
    if ((await presente()) !== p) return;
    const n = Number(/\/sessions\/(\d+)/.exec(adresse)?.[1]);
    const session = n && (await sessionDe(p, n));
    if (n && !session) return;
    const changements = { [`${p}/page${adresse}`]: { html, csp, le: Date.now() } };
    const lue = Number(VERSION.exec(html)?.[1]);
    if (lue) changements[`${p}/session/${n}`] = { ...session, copiee: lue };
    await ecrire(changements);
  });
  const boite = await caches.open(version);
  for (const fichier of new Set(html.match(FICHIERS))) await garderLeFichier(boite, fichier);
}

async function garderLeFichier(boite, fichier) {
  if (await boite.match(fichier)) return;
  const reponse = await fetch(fichier, { signal: delai(PATIENCE) });
  if (!reponse.ok || !duSite(reponse)) return;
  await boite.put(fichier, reponse);
}

/* Every open page looks again at what concerns it. */
export async function prevenir(dit) {
  for (const page of await self.clients.matchAll({ type: "window" }))
    page.postMessage({ quoi: "change", ...dit });
}

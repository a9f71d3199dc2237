/*
 * Between the phone of a formateur who asked for it and the site. Of their sessions only: answers are written down
 * before they leave, pages come from the vault when the network does not. Everything else passes untouched.
 */
import { lire, seul } from "./coffre.js";
import { GESTES, poser, sansResultat } from "./suite.js";
import {
  attentesDe,
  etatDe,
  garderSuite,
  oublier,
  perimer,
  personnes,
  presente,
  sessionDe,
  suiteDe,
  verrouiller,
} from "./garde.js";
import {
  PATIENCE,
  conclure,
  contactRecent,
  contacter,
  delai,
  duSite,
  enChemin,
  garderLaPage,
  oublierLeContact,
  prevenir,
} from "./echanges.js";
import { personneDe } from "./demandes.js";

const REPONSES = /^\/formateur\/sessions\/(\d+)\/(resultats|resultats\/reussites|stagiaires)$/;
/* What only the site can work out: after all that waits, or not at all. */
const AU_SITE = /^\/formateur\/sessions\/(\d+)\/resultats\/(annulation|reprise)$/;
const ESPACE = /^\/(formateur\/.*)?$/;
/* Everywhere else a form may open a login. */
const SANS_CONNEXION = /^\/(formateur|entite|administration|verifier|v|r)(\/|$)/;
/* Beyond it a page that is kept is better than one that does not come. */
const PATIENCE_PAGE = 5000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (evt) => evt.waitUntil(self.clients.claim()));
self.addEventListener("sync", (evt) => evt.waitUntil(reessayer()));

self.addEventListener("fetch", (evt) => {
  const { method, mode, url } = evt.request;
  const { origin, pathname } = new URL(url);
  if (origin !== self.location.origin) return;
  const reponses = method === "POST" && REPONSES.exec(pathname);
  const autres = method === "POST" && AU_SITE.exec(pathname);
  if (reponses) evt.respondWith(sinonLeSite(evt, repondre(evt, Number(reponses[1]), reponses[2])));
  else if (autres) evt.respondWith(sinonLeSite(evt, laisserAuSite(evt, Number(autres[1]))));
  else if (method === "POST" && pathname === "/deconnexion")
    evt.respondWith(sinonLeSite(evt, deconnecter(evt.request)));
  else if (method === "POST") evt.waitUntil(apresUneAutreAction(pathname));
  else if (method !== "GET") return;
  else if (pathname.startsWith("/static/")) evt.respondWith(fichier(evt.request));
  else if (mode !== "navigate") return;
  else if (ESPACE.test(pathname)) evt.respondWith(sinonLeSite(evt, naviguer(evt, pathname)));
  else evt.waitUntil(seRappeler());
});

/* The browser tries again when this fails. */
async function reessayer() {
  await contacter();
  const p = await seul(presente);
  if (p && (await seul(() => attentesDe(p))).some(({ relire }) => !relire)) throw new Error("not sent yet");
}

/* Whatever was done elsewhere, the site is asked again soon; it may have been a login. */
async function apresUneAutreAction(chemin) {
  oublierLeContact();
  if (!SANS_CONNEXION.test(chemin)) await seul(verrouiller);
}

async function seRappeler() {
  if (!contactRecent() && (await seul(personnes)).length) await contacter();
}

/* A vault that fails, full or taken away, must not stand before the site. */
const sinonLeSite = (evt, reponse) => reponse.catch(() => fetch(evt.request));

async function fichier(demande) {
  return (await caches.match(demande)) || fetch(demande);
}

/* The network's page, kept as it comes; else the one that was kept. */
async function naviguer(evt, chemin) {
  const p = await seul(async () => {
    await perimer();
    return presente();
  });
  if (!p) {
    /* Locked, until its person logs in again. */
    if ((await seul(personnes)).length) evt.waitUntil(contacter());
    return fetch(evt.request);
  }
  const gardee = await seul(() => lire(`${p}/page${chemin}`));
  const demande = fetch(evt.request);
  const suite = demande.then((reponse) => apresUnePage(p, chemin, reponse.clone()));
  evt.waitUntil(suite.catch(() => {}));
  try {
    const reponse = await (gardee ? Promise.race([demande, trop(PATIENCE_PAGE)]) : demande);
    return reponse.status > 500 && gardee ? copie(gardee) : reponse;
  } catch {
    const autre = gardee || (await seul(() => pageDesAutres(p)));
    return autre ? copie(autre) : Response.error();
  }
}

const trop = (ms) => new Promise((_, non) => setTimeout(non, ms));

async function apresUnePage(p, chemin, reponse) {
  const n = Number(REPONSES.exec(chemin)?.[1]);
  const inconnue = n && !(await seul(() => sessionDe(p, n)));
  if (n && !inconnue && reponse.ok && !reponse.redirected && duSite(reponse)) {
    const { version } = (await seul(() => etatDe(p))) || {};
    if (version) await garderLaPage(p, chemin, reponse, version);
  }
  const attend = (await seul(() => attentesDe(p))).length > 0;
  if (inconnue || attend) await contacter();
  else await seRappeler();
}

/* The one that stands for all that are not kept. */
async function pageDesAutres(p) {
  return lire(`${p}/page${(await etatDe(p)).page}`);
}

function copie({ html, csp, le }) {
  const marquee = html.replace("<html ", `<html data-copie="${le}" `);
  const entetes = { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": csp };
  return new Response(marquee, { headers: { ...entetes, "Referrer-Policy": "same-origin" } });
}

/* Answers: written down, then sent by the page's own request when nothing stands before them. */
async function repondre(evt, n, suite) {
  const texte = await evt.request.clone().text();
  const champs = new URLSearchParams(texte);
  const p = await seul(presente);
  const sienne = p && personneDe(evt.request.headers.get("X-Certif-Page")) === p;
  if (!sienne || champs.has("suite") || !(await seul(() => sessionDe(p, n)))) return laisserAuSite(evt, n);
  if (suite.endsWith("reussites"))
    for (const cle of sansResultat(champs)) champs.set(`resultat-${cle}`, "reussite");
  const manque = sansResultat(champs).length;
  const soumis = suite === "stagiaires" ? champs.get("action") : GESTES.brouillon;
  /* Results that are not complete cannot be sent: what is there is kept as it would be without that button. */
  const incomplet = soumis === GESTES.envoi && manque > 0;
  const geste = incomplet ? GESTES.brouillon : soumis;
  champs.delete("csrf_token");
  const version = Number(champs.get("version"));
  const entree = { id: crypto.randomUUID(), geste, corps: champs.toString(), version, vues: [evt.clientId] };
  const place = await seul(() => inscrire(p, n, entree));
  if (place === "ailleurs") return garde(evt, n, { ailleurs: true });
  if (place === "seule") {
    const reponse = await faireSuivre(evt.request, entree, texte);
    /* Told on the page why they cannot be sent: the answers are kept as a draft all the same. */
    const refusees = soumis !== GESTES.brouillon && reponse?.status === 422;
    if (refusees) await seul(() => rendreBrouillon(p, n, entree.id));
    if (refusees || (await recevoir(p, n, entree, reponse))) {
      evt.waitUntil(refusees ? contacter() : prevenir());
      return reponse;
    }
  }
  evt.waitUntil(contacter());
  return garde(evt, n, { geste, manque: incomplet ? manque : 0, tous: suite.endsWith("reussites") });
}

/* Alone, it leaves at once: it may then have arrived, whatever comes back. */
async function inscrire(p, n, entree) {
  if ((await presente()) !== p) throw new Error("somebody else's by now");
  const suite = await suiteDe(p, n);
  const place = poser(suite, entree, (await sessionDe(p, n))?.sue);
  if (place === "ailleurs") return place;
  entree.tentee = place === "seule";
  if (entree.tentee) enChemin.add(entree.id);
  await garderSuite(p, n, suite);
  return place;
}

async function rendreBrouillon(p, n, id) {
  const suite = await suiteDe(p, n);
  const entree = suite.file.find((autre) => autre.id === id);
  if (entree) entree.geste = GESTES.brouillon;
  await garderSuite(p, n, suite);
}

/* The page's own request, under the version that its answers now have; null when nothing came back. */
async function faireSuivre(demande, entree, texte) {
  const champs = new URLSearchParams(texte);
  champs.set("version", entree.version);
  const { url, method, headers, referrer } = demande;
  const options = { method, headers, referrer, body: champs.toString(), redirect: "manual" };
  try {
    return await fetch(url, { ...options, signal: delai(PATIENCE) });
  } catch {
    return null;
  } finally {
    enChemin.delete(entree.id);
  }
}

async function laisserAuSite(evt, n) {
  const p = await seul(presente);
  const attend = async () => p && (await seul(() => suiteDe(p, n))).file.length > 0;
  if (await attend()) await contacter();
  return (await attend()) ? Response.error() : fetch(evt.request);
}

/* Whether the page may be shown what came back; else the vault alone knows more. */
async function recevoir(p, n, entree, reponse) {
  const issue = reponse && issueDe(reponse);
  if (issue && issue !== "a-montrer") await seul(() => conclure(p, n, entree.id, issue, entree.vues[0]));
  return Boolean(issue);
}

function issueDe(reponse) {
  const { status } = reponse;
  if (!duSite(reponse)) return null;
  if (status >= 200 && status < 300) return "faite";
  if (status === 404) return "reprise";
  if (status === 409 || status === 422) return "a-relire";
  return status === 401 ? "a-montrer" : null;
}

/* Kept here: the page hears of it beside an answer that changes nothing on it. */
async function garde(evt, n, dit) {
  const page = await self.clients.get(evt.clientId);
  page?.postMessage({ quoi: "garde", numero: n, ...dit });
  try {
    await self.registration.sync.register("envoi");
  } catch {
    /* browsers that cannot wake up by themselves send when a page is open */
  }
  return new Response(null, { status: 204 });
}

/* Leaving with answers that are not sent is said first; what is another person's stays, locked. */
async function deconnecter(demande) {
  const champs = new URLSearchParams(await demande.clone().text());
  const effacer = champs.has("effacer");
  if (!effacer && (await attendent())) await contacter();
  const p = await seul(presente);
  const { page, mots } = (p && (await seul(() => etatDe(p)))) || {};
  if (!effacer && (await attendent())) return Response.redirect(`${page}?partir`, 303);
  if (p) await seul(() => oublier(p));
  if ((await seul(personnes)).length) champs.set("garder", "1");
  const { url, method, referrer } = demande;
  const headers = { "Content-Type": "application/x-www-form-urlencoded" };
  try {
    return await fetch(url, { method, headers, body: champs.toString(), redirect: "manual", referrer });
  } catch {
    return new Response(mots?.efface, { headers: { "Content-Type": "text/plain; charset=utf-8" } });
  }
}

async function attendent() {
  const p = await seul(presente);
  return Boolean(p) && (await seul(() => attentesDe(p))).length > 0;
}

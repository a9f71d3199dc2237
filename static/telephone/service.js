/*
 * Between the phone of a formateur who asked for it and the site. Of their sessions only: answers are written down
 * before they leave, pages come from the vault when the network does not. Everything else passes untouched.
 */
import { ecrire, lire, seul } from "./coffre.js";
import { GESTES, aMontrer, poser, sansResultat } from "./suite.js";
import {
  attentesDe,
  etatDe,
  garderSuite,
  oublier,
  perdre,
  perimer,
  personnes,
  presente,
  seslignes,
  sessionDe,
  suiteDe,
} from "./garde.js";
import { PATIENCE, conclure, contacter, delai, enChemin, garderLaPage, prevenir } from "./echanges.js";

const REPONSES = /^\/formateur\/sessions\/(\d+)\/(resultats|resultats\/reussites|stagiaires)$/;
/* What only the site can work out: after all that waits, or not at all. */
const AU_SITE = /^\/formateur\/sessions\/(\d+)\/resultats\/(annulation|reprise)$/;
const ESPACE = /^\/(formateur\/.*)?$/;
/* Beyond it a page that is kept is better than one that does not come. */
const PATIENCE_PAGE = 5000;
let dernierContact = 0;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (evt) => evt.waitUntil(self.clients.claim()));
self.addEventListener("sync", (evt) => evt.waitUntil(contacter()));

self.addEventListener("fetch", (evt) => {
  const { method, mode, url } = evt.request;
  const { origin, pathname } = new URL(url);
  if (origin !== self.location.origin) return;
  const reponses = method === "POST" && REPONSES.exec(pathname);
  const autres = method === "POST" && AU_SITE.exec(pathname);
  if (reponses) evt.respondWith(sinonLeSite(evt, repondre(evt, Number(reponses[1]), reponses[2])));
  else if (autres) evt.respondWith(laisserAuSite(evt, Number(autres[1])));
  else if (method === "POST" && pathname === "/deconnexion") evt.respondWith(deconnecter(evt.request));
  else if (method !== "GET") return;
  else if (pathname.startsWith("/static/")) evt.respondWith(fichier(evt.request));
  else if (mode === "navigate" && ESPACE.test(pathname))
    evt.respondWith(sinonLeSite(evt, naviguer(evt, pathname)));
});

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
    if ((await seul(personnes)).length) evt.waitUntil(rejoindre());
    return fetch(evt.request);
  }
  const gardee = await seul(() => pageDe(p, chemin));
  try {
    const demande = fetch(evt.request);
    const reponse = await (gardee ? Promise.race([demande, trop(PATIENCE_PAGE)]) : demande);
    if (reponse.status > 500 && gardee) return copie(gardee);
    evt.waitUntil(apresUnePage(p, chemin, reponse.ok && !reponse.redirected ? reponse.clone() : null));
    return reponse;
  } catch {
    return gardee ? copie(gardee) : Response.error();
  }
}

const trop = (ms) => new Promise((_, non) => setTimeout(non, ms));

async function apresUnePage(p, chemin, reponse) {
  const n = Number(REPONSES.exec(chemin)?.[1]);
  const inconnue = n && !(await seul(() => sessionDe(p, n)));
  if (reponse && n && !inconnue) {
    const { version } = (await seul(() => etatDe(p))) || {};
    if (version) await garderLaPage(p, chemin, reponse, version);
  }
  const attend = (await seul(() => attentesDe(p))).length > 0;
  if (inconnue || attend || Date.now() - dernierContact > 30_000) await rejoindre();
}

function rejoindre(garder = false) {
  dernierContact = Date.now();
  return contacter(garder);
}

/* The page itself, or the one that stands for all others. */
async function pageDe(p, chemin) {
  return (await lire(`${p}/page${chemin}`)) || (await lire(`${p}/page${(await etatDe(p)).page}`));
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
  if (!p || champs.has("suite") || !(await seul(() => sessionDe(p, n)))) return laisserAuSite(evt, n);
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
      evt.waitUntil(refusees ? rejoindre() : prevenir());
      return reponse;
    }
  }
  evt.waitUntil(rejoindre());
  return garde(evt, n, { geste, manque: incomplet ? manque : 0, tous: suite.endsWith("reussites") });
}

/* Alone, it leaves at once: it may then have arrived, whatever comes back. */
async function inscrire(p, n, entree) {
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
  if (await attend()) await rejoindre();
  return (await attend()) ? Response.error() : fetch(evt.request);
}

/* Whether the page may be shown what came back; else the vault alone knows more. */
async function recevoir(p, n, entree, reponse) {
  const issue = reponse && issueDe(reponse);
  if (issue && issue !== "a-montrer") await seul(() => conclure(p, n, entree.id, issue));
  return Boolean(issue);
}

function issueDe({ status }) {
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
  if (evt.request.mode === "navigate") return Response.redirect(`/formateur/sessions/${n}/stagiaires`, 303);
  return new Response(null, { status: 204 });
}

/* Leaving with answers that are not sent is said first; what is another person's stays, locked. */
async function deconnecter(demande) {
  const champs = new URLSearchParams(await demande.clone().text());
  const p = await seul(presente);
  if (p && !champs.has("effacer") && (await seul(() => attentesDe(p))).length) {
    await rejoindre();
    const { page } = await seul(() => etatDe(p));
    if ((await seul(() => attentesDe(p))).length) return Response.redirect(`${page}?partir`, 303);
  }
  if (p) await seul(() => oublier(p));
  if ((await seul(personnes)).length) champs.set("garder", "1");
  const { url, method } = demande;
  const headers = { "Content-Type": "application/x-www-form-urlencoded" };
  return fetch(url, {
    method,
    headers,
    body: champs.toString(),
    redirect: "manual",
    referrer: demande.referrer,
  });
}

/* What pages ask. */
const DEMANDES = {
  etat: ({ adresse, version }, page) => seul(() => dire(page, adresse, version)),
  contact: () => rejoindre(),
  garder: () => rejoindre(true),
  abandonner: ({ numero }) => seul(async () => perdre(await presente(), numero)),
  compris: ({ numero }) => seul(() => comprendre(numero)),
  modifier: ({ numero }, page) => seul(() => reprendreEnMain(numero, page)),
  oublier: () => seul(async () => oublier(await presente())),
};

self.addEventListener("message", (evt) => {
  const faire = DEMANDES[evt.data.quoi];
  if (faire)
    evt.waitUntil(faire(evt.data, evt.source.id).then((dit) => evt.ports[0]?.postMessage(dit ?? null)));
});

/* All that one page shows of it. */
async function dire(page, adresse, version) {
  await perimer();
  const p = await presente();
  if (!p) return null;
  const { mots, perdues } = await etatDe(p);
  const sessions = [];
  for (const nom of await seslignes(p, "session")) {
    const { numero, faits, adresses, copiee } = await lire(nom);
    sessions.push({ numero, faits, adresse: adresses.at(-1), copiee: Boolean(copiee) });
  }
  const n = Number(/\/sessions\/(\d+)\/stagiaires$/.exec(adresse)?.[1]);
  const montrer = n ? await montrerSur(p, n, page, version) : null;
  return { mots, perdues, sessions, attentes: await attentesDe(p), montrer };
}

async function montrerSur(p, n, page, version) {
  const [suite, session] = [await suiteDe(p, n), await sessionDe(p, n)];
  const montrer = aMontrer(suite, session?.sue, page, version);
  await garderSuite(p, n, suite);
  if (montrer?.statut === "su") await ecrire({ [`${p}/session/${n}`]: session });
  return montrer;
}

async function comprendre(n) {
  const p = await presente();
  const etat = await etatDe(p);
  etat.perdues = etat.perdues.filter((dite) => dite.numero !== n);
  await ecrire({ [`${p}/etat`]: etat });
}

/* Results that were to be sent become a draft again, unless they may have arrived. */
async function reprendreEnMain(n, page) {
  const p = await presente();
  const suite = await suiteDe(p, n);
  const derniere = suite.file.at(-1);
  if (!derniere || derniere.tentee) return false;
  derniere.geste = GESTES.brouillon;
  derniere.vues.push(page);
  await garderSuite(p, n, suite);
  return true;
}

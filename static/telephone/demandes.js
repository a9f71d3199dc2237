/*
 * What open pages ask of the service by messages: what to show, and what their person decides of what waits.
 */
import { ecrire, lire, seul } from "./coffre.js";
import { GESTES, aMontrer, suiteVide, vue } from "./suite.js";
import {
  attentesDe,
  etatDe,
  garderSuite,
  oublier,
  perimer,
  presente,
  seslignes,
  sessionDe,
  suiteDe,
} from "./garde.js";
import { contacter } from "./echanges.js";

/* Whose page it is, as the page says to the site at each request. */
export const personneDe = (signature) => (signature || "").split(".")[0];

/* What pages ask. */
const DEMANDES = {
  etat: (dit, page) => seul(() => dire(page, dit)),
  vu: ({ numero, id }, page) => seul(() => noter(numero, page, id)),
  contact: () => contacter(),
  garder: () => contacter(true),
  abandonner: ({ numero }) => seul(async () => garderSuite(await presente(), numero, suiteVide())),
  compris: ({ numero }) => seul(() => comprendre(numero)),
  modifier: ({ numero }, page) => seul(() => reprendreEnMain(numero, page)),
  oublier: () => seul(cesser),
};

self.addEventListener("message", (evt) => {
  const faire = DEMANDES[evt.data.quoi];
  if (faire)
    evt.waitUntil(
      faire(evt.data, evt.source.id)
        .catch(() => null)
        .then((dit) => evt.ports[0]?.postMessage(dit ?? null)),
    );
});

/* All that one page shows of it: to nobody but the person whose page it is. */
async function dire(page, { adresse, version, signature }) {
  await perimer();
  const p = await presente();
  if (!p || personneDe(signature) !== p) return null;
  const { mots, perdues } = await etatDe(p);
  const sessions = [];
  for (const nom of await seslignes(p, "session")) {
    const { numero, faits, adresses, copiee } = (await lire(nom)) || {};
    if (numero) sessions.push({ numero, faits, adresse: adresses.at(-1), copiee: Boolean(copiee) });
  }
  const n = Number(/\/sessions\/(\d+)\/stagiaires$/.exec(adresse)?.[1]);
  const montrer = n ? aMontrer(await suiteDe(p, n), (await sessionDe(p, n))?.sue, page, version) : null;
  return { mots, perdues, sessions, attentes: await attentesDe(p), montrer };
}

/* A page shows what it was told to. */
async function noter(n, page, id) {
  const p = await presente();
  const [suite, session] = [await suiteDe(p, n), await sessionDe(p, n)];
  vue(suite, session?.sue, page, id);
  await garderSuite(p, n, suite);
  if (session) await ecrire({ [`${p}/session/${n}`]: session });
}

/* Nothing is kept any more, unless something waits that was not named yet. */
async function cesser() {
  const p = await presente();
  if (p && (await attentesDe(p)).length) return false;
  if (p) await oublier(p);
  return true;
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

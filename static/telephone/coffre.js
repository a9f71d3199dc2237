/*
 * The vault of a phone: rows in IndexedDB, encrypted under keys that no script can read out. They lie beside what they
 * lock: to delete a key is to erase; it keeps nothing from who holds the phone unlocked.
 * A row is named "<person>/<kind>/<rest>"; its kind says which key it is under, and "etat", which names nobody, needs none.
 */
const BASE = "certif-telephone";
/* Copies go with their key while answers that are not sent yet stay under theirs. */
const CLES = { page: "copies", session: "copies", suite: "reponses" };

/* One at a time, whoever asks: a page's click, the network's return, another page. */
export const seul = (faire) => navigator.locks.request(BASE, faire);

const attendre = (demande) =>
  new Promise((oui, non) => {
    demande.addEventListener("success", () => oui(demande.result));
    demande.addEventListener("error", () => non(demande.error));
  });

/* A transaction on the rows: written to the disk when it returns. */
async function passer(mode, faire) {
  const demande = indexedDB.open(BASE, 1);
  demande.addEventListener("upgradeneeded", () => demande.result.createObjectStore("rangees"));
  const base = await attendre(demande);
  try {
    const passage = base.transaction("rangees", mode, { durability: "strict" });
    const fini = new Promise((oui, non) => {
      passage.addEventListener("complete", oui);
      passage.addEventListener("abort", () => non(passage.error));
    });
    const rendu = await faire(passage.objectStore("rangees"));
    await fini;
    return rendu;
  } finally {
    base.close();
  }
}

export const lireRangee = (nom) => passer("readonly", (rangees) => attendre(rangees.get(nom)));
export const nomsDe = async (prefixe) =>
  (await passer("readonly", (rangees) => attendre(rangees.getAllKeys()))).filter((nom) =>
    nom.startsWith(prefixe),
  );
/* Writes them all or none; `undefined` deletes. */
const ecrireRangees = (changements) =>
  passer("readwrite", (rangees) => {
    for (const [nom, valeur] of Object.entries(changements)) {
      if (valeur === undefined) rangees.delete(nom);
      else rangees.put(valeur, nom);
    }
  });

const nomDeLaCle = (nom) => {
  const [personne, sorte] = nom.split("/");
  return CLES[sorte] && `${personne}/cle/${CLES[sorte]}`;
};

async function cleDe(nomCle) {
  const trouvee = await lireRangee(nomCle);
  if (trouvee) return trouvee;
  const cle = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, [
    "encrypt",
    "decrypt",
  ]);
  await ecrireRangees({ [nomCle]: cle });
  return cle;
}

/* What a row holds, or undefined: no row, or no key any more. */
export async function lire(nom) {
  const rangee = await lireRangee(nom);
  const nomCle = nomDeLaCle(nom);
  if (!rangee || !nomCle) return rangee;
  const cle = await lireRangee(nomCle);
  if (!cle) return undefined;
  try {
    const clair = await crypto.subtle.decrypt({ name: "AES-GCM", iv: rangee.iv }, cle, rangee.ferme);
    return JSON.parse(new TextDecoder().decode(clair));
  } catch {
    return undefined; /* under a key that is gone */
  }
}

async function fermer(nom, valeur) {
  const nomCle = nomDeLaCle(nom);
  if (valeur === undefined || !nomCle) return valeur;
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const clair = new TextEncoder().encode(JSON.stringify(valeur));
  return { iv, ferme: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await cleDe(nomCle), clair) };
}

export async function ecrire(changements) {
  const fermes = {};
  for (const [nom, valeur] of Object.entries(changements)) fermes[nom] = await fermer(nom, valeur);
  await ecrireRangees(fermes);
}

export async function effacerRangees(noms) {
  await ecrireRangees(Object.fromEntries(noms.map((nom) => [nom, undefined])));
}

/* Everything, keys first among it. */
export const detruire = () => attendre(indexedDB.deleteDatabase(BASE));

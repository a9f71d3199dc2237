/*
 * What an open page shows of its phone's vault: how much waits, what was answered without network, what was lost. The
 * service keeps and sends; nothing is decided here.
 */
(() => {
  "use strict";
  const doc = document;
  const un = (selecteur, dans = doc) => dans.querySelector(selecteur);
  const travailleur = navigator.serviceWorker;
  if (!travailleur) return;
  const racine = doc.documentElement;
  const ESSAI = 20_000;
  const PATIENCE = 15_000;

  const signature = JSON.parse(doc.body.getAttribute("hx-headers:inherited") || "{}")["X-Certif-Page"];
  const demander = (message) =>
    new Promise((oui) => {
      const service = travailleur.controller;
      if (!service) return void oui(null);
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener("message", (evt) => oui(evt.data));
      port1.start();
      setTimeout(oui, PATIENCE, null);
      service.postMessage({ ...message, signature }, [port2]);
    });

  /* Words come from the site, with the plural of French: from two on. */
  let mots = {};
  const dire = (quoi, valeurs = {}) => {
    const modele = Array.isArray(mots[quoi]) ? mots[quoi][valeurs.n > 1 ? 1 : 0] : mots[quoi];
    return (modele || "").replace(/\{(\w+)\}/g, (_, nom) => valeurs[nom]);
  };
  const heure = (ms = Date.now()) =>
    new Date(ms).toLocaleTimeString("fr-FR", { hour: "numeric", minute: "2-digit" }).replace(":", " h ");
  const quand = (ms) => `${new Date(ms).toLocaleDateString("fr-FR")} à ${heure(ms)}`;

  const element = (nom, proprietes = {}, ...enfants) => {
    const neuf = Object.assign(doc.createElement(nom), proprietes);
    neuf.append(...enfants);
    return neuf;
  };
  const bouton = (texte, faire) => {
    const neuf = element("button", {
      type: "button",
      className: "bouton bouton--discret",
      textContent: texte,
    });
    neuf.addEventListener("click", faire);
    return neuf;
  };
  const alerte = (genre, texte, ...suite) =>
    element(
      "div",
      { className: `alerte alerte--${genre}` },
      un("#panne").content.querySelector("svg").cloneNode(true),
      element("div", {}, element("p", { className: "alerte__titre", textContent: texte }), ...suite),
    );

  const formulaire = () => un("#resultats");
  const champVersion = () => un("#version");

  /* The form as it was answered here; what it does not name stays. */
  function remplir({ corps, version, geste, statut }) {
    const form = formulaire();
    if (!form) return;
    const dits = new URLSearchParams(corps);
    for (const champ of form.elements) {
      if (!champ.name || ["csrf_token", "version", "annulables"].includes(champ.name)) continue;
      if (champ === doc.activeElement && champ.matches("input[type=text], textarea")) continue;
      const dit = dits.get(champ.name);
      if (champ.type === "radio") champ.checked = dit === null ? champ.checked : champ.value === dit;
      else if (champ.type === "checkbox") champ.checked = dit === champ.value;
      else if (dit !== null && champ.value !== dit) {
        champ.value = dit;
        if (!champ.closest(".reponses")) champ.dispatchEvent(new Event("input", { bubbles: true }));
        const pli = champ.closest("details");
        if (pli) pli.open = true;
      }
      /* As if the site had written it: what it says next then shows. */
      if (champ.closest(".reponses")) {
        if ("defaultChecked" in champ) champ.defaultChecked = champ.checked;
        if (champ.type === "text") champ.defaultValue = champ.value;
      }
    }
    champVersion().value = version;
    const reste = un("#reste");
    if (reste) reste.hidden = true; /* it counted what the page held */
    form.inert = statut === "attente" && geste !== "enregistrer_resultats";
    form.classList.toggle("envoi", form.inert);
  }

  let montree = null; /* the entry that the form shows */
  const demandees = new Set();
  let enCours = false;
  let avis = null;
  let enPlus = false;

  async function regarder() {
    const version = Number(champVersion()?.value || 0);
    const vu = await demander({ quoi: "etat", adresse: location.pathname, version });
    if (vu) mots = vu.mots;
    if (vu?.montrer && formulaire()) await montrer(vu.montrer);
    afficher(vu);
    return vu;
  }

  /* What waited here has left, or the network is back under a copy: the site says what the page now is. */
  async function relireLaPage(contact) {
    const attendait = Boolean(montree);
    const vu = await regarder();
    const attend = vu?.attentes.some((attente) => attente.numero === numero());
    const vieille = contact && racine.dataset.copie;
    if (attend || !(attendait || vieille) || enTrainDEcrire()) return;
    montree = avis = null;
    if (un("#onglet-resultats")) {
      await window.htmx.ajax("GET", location.pathname, { target: "#onglet-resultats", swap: "none" });
      delete racine.dataset.copie;
      afficher(vu);
    } else if (vieille) location.reload();
  }
  const change = (champ) =>
    /radio|checkbox/.test(champ.type)
      ? champ.checked !== champ.defaultChecked
      : "defaultValue" in champ && champ.type !== "hidden" && champ.value !== champ.defaultValue;
  const enTrainDEcrire = () =>
    doc.activeElement.matches("input[type=text], textarea, dialog *") ||
    [...(formulaire()?.elements || [])].some((champ) => !champ.closest(".reponses") && change(champ));

  /* What others than this page said is put over it, and said to be shown; then it goes on under that version. */
  async function montrer(montre) {
    const { id, siennes, statut, geste, version } = montre;
    if (!siennes || enPlus || geste !== "enregistrer_resultats") remplir(montre);
    else champVersion().value = version;
    enPlus = false;
    if (statut !== "su" || !siennes) montree = id;
    if (!siennes) await demander({ quoi: "vu", numero: numero(), id });
    if (statut !== "relire" || racine.dataset.copie || demandees.has(id)) return;
    /* The site alone says what changed: it is asked by the page's own form, once. */
    demandees.add(id);
    champVersion().value = version;
    avis = "relues";
    un("[hx-trigger=change]")?.dispatchEvent(new Event("change", { bubbles: true }));
  }
  const numero = () => Number(/\/sessions\/(\d+)/.exec(location.pathname)?.[1]);

  /* What is said already stays, with the focus that is in it; what goes leaves it to what comes. */
  function afficher(vu) {
    const ancienne = un("#telephone");
    const region = element("div", { id: "telephone", className: "pile", tabIndex: -1 });
    region.setAttribute("role", "status");
    if (vu) region.append(...lignes(vu));
    if (!ancienne?.isEqualNode(region)) {
      const tenue = doc.activeElement.closest("#telephone, [inert]");
      ancienne?.remove();
      if (region.childNodes.length) un("#messages").before(region);
      if (tenue) (region.isConnected ? region : un("main")).focus();
      if (formulaire()?.inert) region.scrollIntoView({ block: "center" });
    }
    enCours = Boolean(vu?.attentes.length || racine.dataset.copie);
    annoncer(vu);
  }

  const annoncer = (vu) => {
    const detail = { vu, dire, demander, abandon, element };
    doc.dispatchEvent(new CustomEvent("telephone", { detail }));
  };

  function* lignes({ perdues, attentes, montrer: montre }) {
    const nombre = attentes.reduce((somme, attente) => somme + (attente.relire ? 0 : attente.nombre), 0);
    const copie = racine.dataset.copie && dire("copie", { quand: quand(Number(racine.dataset.copie)) });
    const copiee = copie ? [element("p", { className: "petit", textContent: copie })] : [];
    if (nombre) yield alerte("attention", dire("attente", { n: nombre }), ...suiteDe(montre), ...copiee);
    else if (copie) yield alerte("info", copie);
    if (avis) yield alerte("attention", dire(avis));
    for (const attente of attentes.filter(({ relire }) => relire)) {
      if (attente.numero === numero() && formulaire()) continue;
      const texte = dire("relire", { numero: attente.numero });
      const adresse = `/formateur/sessions/${attente.numero}/stagiaires`;
      const ouvrir = element("a", { href: adresse, textContent: dire("ouvrir") });
      const ici = attente.numero === numero();
      yield alerte("attention", texte, ici ? abandon(attente.numero) : ouvrir);
    }
    for (const perdue of perdues) {
      const compris = () => regarderApres({ quoi: "compris", numero: perdue.numero });
      const raison = element("p", { textContent: dire(perdue.raison) });
      const texte = dire("perdues", { ...perdue, n: perdue.nombre });
      yield alerte("danger", texte, raison, bouton(dire("compris"), compris));
    }
  }

  /* Twice: nothing brings back what is given up. */
  function abandon(n) {
    const neuf = bouton(dire("abandonner"), () => {
      if (neuf.dataset.sur) return void regarderApres({ quoi: "abandonner", numero: n });
      neuf.dataset.sur = "1";
      neuf.textContent = dire("abandonner_sur");
    });
    return neuf;
  }

  /* What is ready to leave can be taken back until it may have left. */
  function suiteDe(montre) {
    if (!formulaire()?.inert || !montre) return [];
    const texte = element("p", {
      textContent: dire(montre.geste === "retour_commente" ? "retour" : "envoi"),
    });
    const modifier = bouton(dire("modifier"), async () => {
      const rendu = await demander({ quoi: "modifier", numero: numero() });
      avis = rendu ? null : "en_route";
      if (rendu) Object.assign(formulaire(), { inert: false }).classList.remove("envoi");
      regarder();
    });
    return montre.tentee ? [texte] : [texte, modifier];
  }

  async function regarderApres(message) {
    await demander(message);
    return regarder();
  }

  travailleur.addEventListener("message", async ({ data }) => {
    const ici = location.pathname.includes(`/sessions/${data.numero}/`);
    if (data.quoi === "garde" && ici) await garde(data);
    else if (data.quoi === "change") await relireLaPage(data.contact);
  });

  /* An answer that was kept instead of sent. */
  async function garde({ ailleurs, manque, tous }) {
    enPlus = tous; /* answers that no finger has chosen one by one */
    avis = ailleurs ? "ailleurs" : null;
    await regarder();
    const reste = un("#reste");
    if (reste) reste.hidden = true; /* it counted what the page held */
    const ligne = un("[data-enregistrement]");
    if (ligne && !ailleurs) ligne.textContent = dire("garde", { heure: heure() });
    if (!manque) return;
    if (ligne) ligne.textContent = dire("manque", { n: manque });
    const muet = ({ type, name }) =>
      type === "radio" && name.startsWith("resultat-") && !formulaire()[name].value;
    [...formulaire().elements].find(muet)?.focus();
  }

  /* A login in the dialog over the page. */
  doc.addEventListener(
    "close",
    ({ target }) => target.id === "dialogue-connexion" && demander({ quoi: "contact" }),
    true,
  );

  /* The site has a newer service than the one that stands here. */
  const service = doc.currentScript.src.replace("page.js", "service.js");
  travailleur.getRegistration("/").then((poste) => {
    if (poste?.active && poste.active.scriptURL !== service && !racine.dataset.copie)
      travailleur.register(service, { scope: "/", updateViaCache: "all" });
  });

  /* The network may be back without saying so. */
  setInterval(() => {
    if (enCours && doc.visibilityState === "visible") demander({ quoi: "contact" });
  }, ESSAI);
  window.addEventListener("online", () => demander({ quoi: "contact" }));
  if (travailleur.controller) regarder();
  else annoncer(null);
})();

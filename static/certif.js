/*
 * The script of every page of the spaces; passkeys have theirs (cles-acces.js), public pages none. Every page works without
 * it; it makes things immediate and keeps what was typed safe: dates, dialogs, one submission at a time, unsaved changes,
 * autosave's status line, refusals and breakdowns of htmx.
 */
(() => {
  "use strict";
  const doc = document;
  const un = (selecteur, dans = doc) => dans.querySelector(selecteur);
  const tous = (selecteur, dans = doc) => dans.querySelectorAll(selecteur);
  const ecouter = (nom, fn, capture) => doc.addEventListener(nom, fn, capture);
  doc.documentElement.classList.add("js");

  /* Dates: slashes while typing at the end of the field, and the browser's own picker behind the button. */
  const entiere = (texte) => {
    const iso = texte.match(/^(\d{4})-(\d\d)-(\d\d)$/);
    const lue = iso ? iso.slice(1).reverse() : texte.match(/^(\d\d?)[/. -](\d\d?)[/. -](\d{4})$/)?.slice(1);
    return lue?.map((partie) => partie.padStart(2, "0")).join("/");
  };

  ecouter("input", (evt) => {
    const champ = evt.target;
    if (!champ.matches("[data-date]") || !(evt.inputType || "").startsWith("insert")) return;
    if (champ.selectionEnd !== champ.value.length || !/^[\d/. -]+$/.test(champ.value)) return;
    const collee = entiere(champ.value.trim());
    if (collee) return void (champ.value = collee);
    /* A year first: no month is 13 or more. */
    const annee = champ.value.match(/^(\d\d)\/?(1[3-9]|[2-9]\d)\/?(-[\d-]*)$/);
    if (annee) return void (champ.value = annee.slice(1).join(""));
    const barres = champ.value.replace(/[. -]/g, "/");
    const jour = barres.replace(/^(\d)\//, "0$1/").replace(/^(\d\d)\/*(\d)\/$/, "$1/0$2/");
    const chiffres = jour.replace(/\D/g, "").slice(0, 8);
    champ.value = chiffres.replace(/^(\d\d)/, "$1/").replace(/^(\d\d\/\d\d)/, "$1/");
  });

  function calendrier(bouton) {
    const texte = doc.getElementById(bouton.dataset.calendrier);
    const natif = doc.createElement("input");
    natif.type = "date";
    natif.tabIndex = -1;
    natif.value = (entiere(texte.value) || "").split("/").reverse().join("-");
    natif.setAttribute("aria-hidden", "true");
    natif.addEventListener("change", () => {
      texte.value = entiere(natif.value) || "";
      for (const nom of ["input", "change"]) texte.dispatchEvent(new Event(nom, { bubbles: true }));
    });
    un("input[type=date]", bouton.parentNode)?.remove();
    bouton.after(natif);
    try {
      natif.showPicker();
    } catch {
      texte.focus();
    }
  }

  /* Dialogs: what the server puts in a region opens; when it goes, the focus returns where it came from. */
  let origine = null;
  const ouvert = () => un("dialog[open]");

  function ouvrirDialogues(source) {
    for (const boite of tous("dialog[data-ouvrir]:not([open])")) {
      if (!ouvert()) origine = source?.closest?.("dialog") ? null : source || doc.activeElement;
      boite.showModal();
      un(
        "[autofocus], .dialogue__corps :is(input:not([type=hidden]), button, [data-fermer])",
        boite,
      )?.focus();
    }
    if (origine && !ouvert()) rendreFocus();
  }
  function rendreFocus() {
    const cible = origine?.isConnected ? origine : origine?.id && doc.getElementById(origine.id);
    origine = null;
    (cible || un("main")).focus();
  }
  ecouter(
    "close",
    (evt) => {
      if (!evt.target.matches("dialog[data-ouvrir]")) return;
      evt.target.remove();
      if (!ouvert()) rendreFocus();
    },
    true,
  );

  ecouter("click", (evt) => {
    const cible = evt.target.closest("[data-calendrier], [data-fermer], [data-retirer]");
    if (!cible) return;
    if (cible.dataset.calendrier) calendrier(cible);
    else if ("retirer" in cible.dataset) {
      cible.closest(".alerte, .toast").remove();
      recueillir({ preventScroll: true });
    } else if (cible.closest("dialog")) {
      evt.preventDefault();
      cible.closest("dialog").close();
    }
  });

  const charger = (src) => doc.head.append(Object.assign(doc.createElement("script"), { src }));
  const adresse = doc.currentScript.src;
  const voisin = (nom) => charger(adresse.replace("certif.js", nom));
  if (!("popover" in doc.documentElement)) voisin("sans-popover.js");

  /* One submission at a time, and a warning only when leaving would lose something (form[data-garder]). */
  const partis = new Set();
  const modifies = new Set();
  const taire = (evt) => {
    evt.preventDefault();
    evt.stopImmediatePropagation();
  };
  function partir(evt, form) {
    if (partis.has(form)) return taire(evt);
    partis.add(form);
    form.classList.add("envoi");
    if (!form.matches("[hx-post]")) modifies.delete(form);
  }
  ecouter("submit", (evt) => partir(evt, evt.target), true);
  /* A button with an address of its own submits no form; an autosave takes the place of what waits behind another. */
  ecouter("htmx:config:request", (evt) => {
    const { ctx } = evt.detail;
    if (ctx.sourceEvent?.type === "change") partis.forEach(rendre);
    else if (ctx.sourceElement?.matches("button")) partir(evt, ctx.sourceElement);
  });
  /* The second click of a double one falls on what the first one's answer has put there. */
  ecouter(
    "click",
    (evt) => evt.detail > 1 && evt.target.closest("[hx-post] [type=submit]") && taire(evt),
    true,
  );
  const rendre = (form) => {
    partis.delete(form);
    form?.classList.remove("envoi");
  };
  window.addEventListener("pageshow", () => partis.forEach(rendre));
  ecouter("input", (evt) => {
    const form = evt.target.form;
    if (form?.matches("[data-garder]")) modifies.add(form);
  });
  window.addEventListener("beforeunload", (evt) => {
    for (const form of modifies) if (form.isConnected && !partis.has(form)) evt.preventDefault();
  });

  /* htmx. Breakdowns say that nothing is lost; autosave says where it stands. */
  function panne(cas) {
    un(".panne")?.remove();
    const avis = un("#panne").content.cloneNode(true);
    for (const ligne of tous("[data-cas]", avis)) ligne.hidden = ligne.dataset.cas !== cas;
    (un("dialog[open] .dialogue__corps") || un("main")).prepend(avis);
  }
  /* What is said at the top, in #messages or over a tab: bring it under the eyes, into the dialog when one is open. */
  function montrerMessage() {
    const refus = un("[data-refus]") || un("#messages > *");
    const boite = un("dialog[open] .dialogue__corps");
    if (!boite) return refus?.scrollIntoView({ block: "center" });
    const copie = refus?.cloneNode(true);
    copie?.classList.add("panne");
    copie?.setAttribute("role", "alert");
    if (copie) boite.prepend(copie);
  }
  const statut = (ctx) => ctx.response?.status || 0;
  const automatique = (ctx) => ctx.request.form?.matches("[data-autosave]") && !ctx.request.submitter;
  const echouer = (ctx) => {
    if (!automatique(ctx)) return;
    dire("echec");
    modifies.add(ctx.request.form);
  };
  const dire = (quoi) => {
    const ligne = un("[data-enregistrement]");
    if (ligne) ligne.textContent = ligne.dataset[quoi];
  };
  let renouvele = false;
  /* As the server wrote it: what was typed since is not half sent. */
  const telQuel = (champ) =>
    champ.options
      ? champ.selectedOptions[0] === ([...champ.options].find((c) => c.defaultSelected) || champ.options[0])
      : champ.value === champ.defaultValue && champ.checked === champ.defaultChecked;

  ecouter("htmx:before:request", (evt) => {
    const { ctx } = evt.detail;
    const { body, form } = ctx.request;
    /* It is on its way, and outlives the page (keepalive). */
    if (automatique(ctx)) {
      dire("encours");
      modifies.delete(form);
    }
    /* What leaves with the whole tab waits for its form: a field that is refused or not saved comes first. */
    const saisie = form?.matches("[data-apres]") && un("[data-autosave]");
    const champ =
      saisie &&
      (un("[aria-invalid=true]:not(fieldset)", saisie) ||
        (modifies.has(saisie) && [...tous("input, select", saisie)].find((c) => !telQuel(c))));
    if (champ) {
      evt.preventDefault();
      panne("champ");
      champ.focus();
      return champ.scrollIntoView({ block: "center" });
    }
    /* A submission that waited behind an autosave carries what that one gave: the version, the fields it filled in. */
    if (!renouvele || !body?.has?.("version")) return;
    const dit = new FormData(form);
    for (const nom of new Set(dit.keys())) {
      if (![...form.elements].every((c) => c.name !== nom || telQuel(c))) continue;
      body.delete(nom);
      for (const valeur of dit.getAll(nom)) body.append(nom, valeur);
    }
  });
  ecouter("htmx:response:error", ({ detail: { ctx } }) => {
    echouer(ctx);
    if (!ctx.text.includes("<hx-partial")) panne(statut(ctx) >= 500 ? "serveur" : "refus");
  });
  ecouter("htmx:error", ({ detail: { ctx, error } }) => {
    if (!ctx || statut(ctx)) return;
    echouer(ctx);
    panne(error?.name === "SecurityError" ? "refus" : "reseau");
  });
  /* The network is back, or the login (reconnexion.js): what an autosave could not save goes again. */
  window.addEventListener("online", () => {
    for (const form of modifies)
      (un("[hx-trigger=change]", form) || form).dispatchEvent(new Event("change", { bubbles: true }));
  });
  ecouter("htmx:finally:request", ({ detail: { ctx } }) => rendre(ctx.sourceElement));

  const aVider = new Set();
  ecouter("htmx:after:swap", ({ detail: { ctx } }) => {
    const form = ctx.request?.form;
    const code = statut(ctx);
    const avecMessage = /id="messages"|data-refus/.test(ctx.text);
    if (ctx.text?.includes("<hx-partial") || code < 400) un(".panne")?.remove();
    if (code < 400) {
      if (form && !avecMessage) for (const perime of tous("#messages .alerte--danger")) perime.remove();
      modifies.delete(form);
    }
    if (form) renouvele = code < 400;
    for (const vide of aVider) vide.reset();
    const premier = aVider.size && un("[data-premier], input:not([type=hidden])", [...aVider][0]);
    aVider.clear();
    chargerLesScripts();
    ouvrirDialogues(ctx.sourceElement);
    if (premier) premier.focus();
    else if (avecMessage) montrerMessage();
    else if (feuilletee) commencerLaListe();
    else if (code === 422 && ctx.request.submitter) {
      const zone = ouvert() || (form?.isConnected && form) || un("main");
      (un("[aria-invalid=true]:not(fieldset)", zone) || un("[data-viser]"))?.focus();
    } else if (tenu) recueillir();
  });

  /* What had the focus is gone, or folded away: what the answer points at has it, else where that stood, read again. */
  const vu = (elt) => elt && elt !== doc.body && (elt.checkVisibility?.() ?? elt.getClientRects().length);
  function recueillir(comment) {
    if (vu(doc.activeElement)) return;
    const lieu = lieux.map((id) => doc.getElementById(id)).find((elt) => vu(elt) && elt.innerText.trim());
    const cible = un("[data-viser]", ouvert() || doc) || (lieu && un("h2", lieu)) || lieu || un("main");
    if (cible.tabIndex < 0) cible.tabIndex = -1;
    cible.focus(comment);
  }

  /* Another page of a list begins at its first row. */
  function commencerLaListe() {
    const liste = un(".liste-cadre");
    liste.tabIndex = -1;
    liste.focus({ preventScroll: true });
    liste.scrollIntoView();
  }

  /* A morph must not close what is open, nor take the focus from what was given it, and what the server says is checked is checked. */
  let perimee = false;
  let tenu = false;
  let feuilletee = false;
  /* The ids of what stood around and before what was pressed, the nearest first; then of what was pressed before. */
  let lieux = [];
  ecouter("htmx:before:swap", ({ detail: { ctx } }) => {
    perimee = statut(ctx) === 409;
    tenu = doc.activeElement !== doc.body;
    feuilletee = ctx.sourceElement?.closest(".pagination");
    const ici = [];
    let elt = ctx.request?.submitter || ctx.sourceElement;
    while ((elt = elt?.parentElement)) ici.push(elt.id, elt.previousElementSibling?.id);
    lieux = [...ici, ...lieux].filter(Boolean).slice(0, 20);
  });
  window.htmx?.registerExtension("certif", {
    /* A piece made for a value of another field stays out once that field has another one; else what was chosen in it meanwhile stays chosen. */
    htmx_before_morph_node(elt, { newNode }) {
      if (perimee && "checked" in newNode) elt.checked = newNode.checked;
      const { pour, valeur } = newNode.dataset || {};
      if (!pour) return;
      if (doc.getElementById(pour)?.value.trim() !== valeur) return false;
      const choisi = un("select", elt)?.value;
      const dit = [...tous("option", newNode)];
      if (choisi && !dit.some((o) => o.hasAttribute("selected") && o.value))
        dit.find((o) => o.value === choisi)?.setAttribute("selected", "");
    },
    htmx_before_morph_attr(elt, { attrName, newValue }) {
      if (attrName === "open" && elt.matches("dialog, details")) return false;
      if (attrName === "tabindex" && !newValue) return false;
      if (attrName === "checked" || attrName === "selected") elt[attrName] = newValue !== null;
      if (attrName === "data-vierge" && newValue !== null) aVider.add(elt);
    },
  });

  /* What a dialog needs and its page had not loaded. */
  function chargerLesScripts() {
    for (const form of tous("[data-script]")) {
      const src = form.dataset.script;
      if (!un(`script[src="${src}"]`)) charger(src);
    }
  }

  /* A phone that keeps sessions says on every page what waits there. */
  if (navigator.serviceWorker?.controller && !un("[data-commencer]")) voisin("telephone/page.js");

  ecouter("DOMContentLoaded", () => ouvrirDialogues(null));
})();

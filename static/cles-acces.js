/*
 * Passkeys, on the few pages that offer them: ask the server for a question, the authenticator for its answer, then post
 * the page's own form with it. The server decides everything.
 */
(() => {
  "use strict";
  const enOctets = (texte) =>
    Uint8Array.from(atob(texte.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const enTexte = (octets) =>
    btoa(String.fromCharCode(...new Uint8Array(octets)))
      .replace(/\+/g, "-")
      .replace(/\//g, "_")
      .replace(/=+$/, "");

  /* What the server writes in base64url, as the browser wants it. */
  function lire(options) {
    const lues = { ...options, challenge: enOctets(options.challenge) };
    if (options.user) lues.user = { ...options.user, id: enOctets(options.user.id) };
    for (const liste of ["excludeCredentials", "allowCredentials"]) {
      if (options[liste]) lues[liste] = options[liste].map((cle) => ({ ...cle, id: enOctets(cle.id) }));
    }
    return lues;
  }

  /* And back. */
  function ecrire(cle) {
    const response = {};
    for (const nom of [
      "clientDataJSON",
      "attestationObject",
      "authenticatorData",
      "signature",
      "userHandle",
    ]) {
      if (cle.response[nom]) response[nom] = enTexte(cle.response[nom]);
    }
    return JSON.stringify({ id: cle.id, rawId: enTexte(cle.rawId), type: cle.type, response });
  }

  function dire(form, texte) {
    const place = form.querySelector("[data-cle-erreur]");
    const avis = document.createElement("p");
    avis.className = "alerte alerte--danger";
    avis.textContent = texte;
    place.replaceChildren(avis);
  }

  async function demander(form) {
    const reponse = await fetch(form.dataset.question, { method: "POST", body: new FormData(form) });
    const question = await reponse.json();
    if (!reponse.ok) throw { message: question.message };
    const cle = await navigator.credentials[form.dataset.cle]({ publicKey: lire(question) });
    form.elements.reponse.value = ecrire(cle);
    /* In the dialog htmx posts it, over the page left as it was. */
    if (form.hasAttribute("hx-post")) form.requestSubmit();
    else form.submit();
  }

  document.addEventListener("click", async (evt) => {
    const bouton = evt.target.closest("[data-cle-demander]");
    if (!bouton || bouton.getAttribute("aria-busy")) return;
    const form = bouton.form;
    bouton.setAttribute("aria-busy", "true");
    form.querySelector("[data-cle-erreur]").replaceChildren();
    try {
      await demander(form);
    } catch (erreur) {
      /* Ours has words for people; the browser's does not. */
      const notre = erreur && !(erreur instanceof Error) && !(erreur instanceof DOMException);
      dire(form, notre ? erreur.message : form.querySelector("[data-cle-erreur]").dataset.refusNavigateur);
    }
    bouton.removeAttribute("aria-busy");
  });

  /* Enter in a field is a click on the button: the form has nothing to post before the answer. Heard before certif.js counts it as sent. */
  window.addEventListener(
    "submit",
    (evt) => {
      const form = evt.target;
      if (!form.matches("[data-cle]") || form.elements.reponse.value) return;
      evt.preventDefault();
      evt.stopImmediatePropagation();
      form.querySelector("[data-cle-demander]").click();
    },
    true,
  );
})();

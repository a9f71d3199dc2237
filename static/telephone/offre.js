/*
 * The page *Sans réseau*: begins to keep, shows what is kept, leaves. Its words stand in the page.
 */
(() => {
  "use strict";
  const un = (selecteur) => document.querySelector(selecteur);
  const travailleur = navigator.serviceWorker;
  /* Who was leaving, and was stopped by answers that wait. */
  let cesser = () => {};
  let partir = new URLSearchParams(location.search).has("partir");
  const montrer = (nom) => {
    for (const partie of document.querySelectorAll("[data-partie]")) {
      partie.hidden = !partie.dataset.partie.split(" ").includes(nom);
    }
  };

  async function commencer(evt) {
    const bouton = evt.currentTarget;
    bouton.disabled = true;
    try {
      await travailleur.register(bouton.dataset.service, { scope: "/", updateViaCache: "all" });
      const service = await travailleur.ready;
      await navigator.storage?.persist?.();
      /* It begins by saying that it has begun; what ends without that has failed. */
      travailleur.addEventListener("message", () => location.reload(), { once: true });
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener("message", ({ data }) => data || montrer("echec"));
      port1.start();
      service.active.postMessage({ quoi: "garder" }, [port2]);
    } catch {
      montrer("echec");
    }
  }

  function afficher({ detail }) {
    if (!detail.vu) return void montrer(travailleur ? "offre" : "impossible");
    const { vu, dire, demander, abandon, element } = detail;
    const nombre = vu.attentes.reduce((somme, attente) => somme + attente.nombre, 0);
    montrer("garde");
    partir = partir && nombre > 0;
    if (partir) montrerAussi("partir");
    cesser = async () => {
      if ((await demander({ quoi: "oublier" })) !== false) return void location.reload();
      partir = true;
      montrerAussi("partir").focus();
    };
    un("[data-nombre]").textContent = dire("pas_parties", { n: nombre });
    const liste = un("[data-sessions]");
    ranger(
      liste,
      vu.sessions.map((session) => ligne(session)),
    );
    un("[data-aucune]").hidden = vu.sessions.length > 0;

    function ligne({ numero, faits, adresse, copiee }) {
      const attente = vu.attentes.find((autre) => autre.numero === numero);
      const lien = element("a", { href: adresse, textContent: `Session n°\u00a0${numero}` });
      const dits = [element("h3", {}, lien), element("p", { className: "discret", textContent: faits })];
      if (!copiee) dits.push(element("p", { textContent: dire("a_copier") }));
      if (attente) {
        const signe = un("#panne").content.querySelector("svg").cloneNode(true);
        const compte = element("span", { className: "etat etat--attente" }, signe);
        compte.append(dire("attente", { n: attente.nombre }));
        dits.push(element("p", {}, compte), abandon(numero));
      }
      return element("li", { className: "carte gardee" }, ...dits);
    }
  }

  /* What did not change stays, with the focus that is in it. */
  function ranger(liste, lignes) {
    if (lignes.length === liste.children.length && lignes.every((l, i) => l.isEqualNode(liste.children[i])))
      return;
    const tenue = [...liste.children].findIndex((ligne) => ligne.contains(document.activeElement));
    liste.replaceChildren(...lignes);
    if (tenue >= 0) (lignes[tenue]?.querySelector("a") || un("main")).focus();
  }

  function montrerAussi(nom) {
    const partie = un(`[data-partie~=${nom}]`);
    partie.hidden = false;
    return partie;
  }

  document.addEventListener("telephone", afficher);
  un("[data-cesser]")?.addEventListener("click", () => cesser());
  un("[data-commencer]")?.addEventListener("click", commencer);
  un("[data-envoyer]")?.addEventListener("click", () =>
    travailleur.controller?.postMessage({ quoi: "contact" }),
  );
})();

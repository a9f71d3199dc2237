/*
 * After a login in the dialog the page goes on with the new session's token, and what could not leave is sent again as
 * when the network is back. Fetched by certif.js with the dialog.
 */
(() => {
  "use strict";
  document.addEventListener("htmx:after:swap", () => {
    const connexion = document.querySelector("#connexion");
    const jeton = connexion?.dataset.jeton;
    if (!jeton) return;
    delete connexion.dataset.jeton;
    const entetes = JSON.parse(document.body.getAttribute("hx-headers:inherited"));
    entetes["X-CSRFToken"] = jeton;
    document.body.setAttribute("hx-headers:inherited", JSON.stringify(entetes));
    for (const champ of document.querySelectorAll("input[name=csrf_token]")) champ.value = jeton;
    window.dispatchEvent(new Event("online"));
  });
})();

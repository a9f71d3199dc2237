/*
 * Browsers older than popovers: the button opens and closes the menu all the same. Fetched by certif.js.
 */
(() => {
  "use strict";
  document.documentElement.classList.add("sans-popover");
  document.addEventListener("click", (evt) => {
    const bouton = evt.target.closest("[popovertarget]");
    if (!bouton) return;
    const menu = document.getElementById(bouton.getAttribute("popovertarget"));
    bouton.setAttribute("aria-expanded", String(menu.classList.toggle("ouvert")));
  });
})();

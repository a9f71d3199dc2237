/* The button that prints the page: it is there with this script only. */
(() => {
  "use strict";
  document.addEventListener("click", ({ target }) => {
    if (target.closest("[data-imprimer]")) window.print();
  });
})();

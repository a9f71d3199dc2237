/*
 * Copying an address that stands in a field. Without it, or where the browser refuses, the field is there to select.
 */
(() => {
  "use strict";
  document.addEventListener("click", async (evenement) => {
    const bouton = evenement.target.closest("[data-copier]");
    if (!bouton) return;
    const champ = document.getElementById(bouton.dataset.copier);
    const statut = document.getElementById(`${bouton.dataset.copier}-statut`);
    champ.select();
    try {
      await navigator.clipboard.writeText(champ.value);
      statut.textContent = bouton.dataset.fait;
    } catch {
      statut.textContent = bouton.dataset.manque;
    }
  });
})();

/*
 * Copying what stands in a field, or a list. Without it, or where the browser refuses, it is there to select.
 */
(() => {
  "use strict";
  document.addEventListener("click", async (evenement) => {
    const bouton = evenement.target.closest("[data-copier]");
    if (!bouton) return;
    const champ = document.getElementById(bouton.dataset.copier);
    const statut = document.getElementById(`${bouton.dataset.copier}-statut`);
    if (champ.select) champ.select();
    else getSelection().selectAllChildren(champ);
    try {
      await navigator.clipboard.writeText(champ.value ?? champ.innerText);
      statut.textContent = bouton.dataset.fait;
    } catch {
      statut.textContent = bouton.dataset.manque;
    }
  });
})();

// Keeps the focus in the page: what has it may go when something else is told.

/** Whenever what had the focus was taken out or hidden, `elsewhere` gives it to something else. */
export function keepFocus(elsewhere) {
  let last = null;
  document.addEventListener('focusin', ({ target }) => (last = target));
  new MutationObserver(() => {
    if (!last || (last.isConnected && !last.closest('[hidden]'))) return;
    last = null;
    elsewhere();
  }).observe(document.body, { childList: true, subtree: true, attributeFilter: ['hidden'] });
}

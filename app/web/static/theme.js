// Light or dark before anything is drawn: as chosen here, else as the computer is set.
(() => {
  const root = document.documentElement, dark = matchMedia('(prefers-color-scheme: dark)');
  const chosen = () => { try { return localStorage.getItem('namndkoll.theme'); } catch { return null; } };
  const apply = () => { root.dataset.theme = chosen() ?? (dark.matches ? 'dark' : 'light'); };
  dark.addEventListener('change', apply);
  apply();
})();

// Gradio's script names the page's language after its own words, which nobody sees: it is Swedish.
(() => {
  const root = document.documentElement;
  const swedish = () => { if (root.lang !== 'sv') root.lang = 'sv'; };
  new MutationObserver(swedish).observe(root, {attributeFilter: ['lang']});
  swedish();
})();

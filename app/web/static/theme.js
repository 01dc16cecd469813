// Light or dark before anything is drawn: as chosen here, else as the computer is set.
(() => {
  const root = document.documentElement, dark = matchMedia('(prefers-color-scheme: dark)');
  const chosen = () => { try { return localStorage.getItem('namndkoll.theme'); } catch { return null; } };
  const apply = () => { root.dataset.theme = chosen() ?? (dark.matches ? 'dark' : 'light'); };
  dark.addEventListener('change', apply);
  apply();
})();

// The language: what the address asks for is kept, and asked for where the address says none.
(() => {
  const link = new URLSearchParams(location.search), asked = link.get('lang');
  try {
    if (asked) localStorage.setItem('namndkoll.lang', asked);
    else if (localStorage.getItem('namndkoll.lang') === 'en') {
      link.set('lang', 'en');
      location.replace(`${location.pathname}?${link}${location.hash}`);
    }
  } catch { /* off */ }
})();

// Gradio's script names the page's language after its own words, which nobody sees: it is ours.
(() => {
  const root = document.documentElement, ours = root.lang;
  const told = () => { if (root.lang !== ours) root.lang = ours; };
  new MutationObserver(told).observe(root, {attributeFilter: ['lang']});
})();

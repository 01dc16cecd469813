// The filters of a view: what is chosen, told in words, and kept in a link.

import {option, say} from './page.js';

const KEYS = {municipality: 'kommun', board: 'namnd', kind: 'slag', year: 'ar', document: 'dokument'};

/** What filters a link sets. */
export function filtersOf(link) {
  const set = {};
  for (const [name, key] of Object.entries(KEYS)) {
    const value = link.get(key);
    if (value) set[name] = name === 'year' ? Number(value) || undefined : value;
  }
  return set;
}

/** Write filters into a link. */
export function putFilters(link, set) {
  for (const [name, key] of Object.entries(KEYS)) if (set[name]) link.set(key, set[name]);
}

/** The filters of `view`: read them, set them, and fill in what may be chosen. */
export function filtersIn(view) {
  const selects = () => view.querySelectorAll('.filters select');
  const summary = view.querySelector('.filters summary'), none = view.querySelector('[data-do=unfilter]');

  function get() {
    const set = {};
    for (const select of selects()) {
      if (select.value) set[select.name] = select.name === 'year' ? Number(select.value) : select.value;
    }
    return set;
  }

  function put(set = {}) {
    for (const select of selects()) {
      const value = set[select.name];
      const wanted = value == null ? '' : String(Array.isArray(value) ? value[0] ?? '' : value);
      if (wanted && ![...select.options].some(one => one.value === wanted)) select.add(option(wanted, wanted));
      select.value = wanted;
    }
    tell();
  }

  /** What filters say, in words; empty where none is set. */
  function told(set = get()) {
    return [...selects()].filter(one => set[one.name]).map(select => {
      const value = String(set[select.name]);
      return [...select.options].find(one => one.value === value)?.text ?? value;
    }).join(' · ');
  }

  function tell() {
    const chosen = told();
    summary.textContent = chosen ? say('Bara: {chosen}', {chosen}) : say('Begränsa till …');
    none.hidden = !chosen;
  }

  function fill(choices) {
    for (const [name, options] of Object.entries(choices)) {
      const select = [...selects()].find(one => one.name === name);
      for (const [value, shown] of options) {
        const held = [...select.options].find(one => one.value === value);
        if (held) held.text = shown; else select.add(name === 'kind' ? new Option(shown, value) : option(shown, value));
      }
      select.closest('label').hidden = options.length < 2;
    }
    tell();
  }

  view.addEventListener('change', event => { if (event.target.closest('.filters')) tell(); });
  none.addEventListener('click', () => { put(); summary.focus(); });
  tell();
  return {get, put, told, fill};
}

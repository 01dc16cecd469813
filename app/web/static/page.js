// The page around the views: menu, light and dark, and the line to the server.

const lines = (window.namndkollLines ??= {});
const waiting = {};
let number = 0;

export const language = document.documentElement.lang;
const words = JSON.parse(document.getElementById('ord')?.textContent ?? '{}');

/** Words of ours in the page's language, with {values} put in. */
export function say(swedish, values = {}) {
  return (words[swedish] ?? swedish).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** So many of something: in words that hold {count}, `one` of one, `several` else. */
export const counted = (count, one, several) => say(count === 1 ? one : several, {count});

/** A number of seconds. */
export const decimal = number => language === 'sv' ? number.toFixed(1).replace('.', ',') : number.toFixed(1);

/** What a document says, as an option of a select. */
export const option = (text, value) => {
  const made = new Option(text, value);
  made.lang = 'sv';
  return made;
};

/** An address on this server, asked in the page's language. */
export const asking = (path, values = {}) => `${path}?${new URLSearchParams({...values, lang: language})}`;

/** Address of this page with what a link says, in the language that this address asks for. */
export function here(link = new URLSearchParams(), view = '') {
  const chosen = new URLSearchParams(location.search).get('lang');
  if (chosen) link.set('lang', chosen);
  const asked = String(link);
  return `${location.pathname}${asked ? `?${asked}` : ''}${view ? `#${view}` : ''}`;
}

/** A fault that the server tells, and what the program says of it in Swedish, if it does. */
export const faultOf = ({error, own}, otherwise = '') => Object.assign(new Error(error ?? otherwise), {own});

/** A fault in words, as what `make` can be given. */
export const inWords = ({message, own}) => own ? [`${message} `, make('span', {lang: 'sv'}, own)] : [message];

/** Storage that may be switched off in the browser. */
export const kept = {
  get(key) { try { return JSON.parse(localStorage.getItem(`namndkoll.${key}`)); } catch { return null; } },
  set(key, value) { try { localStorage.setItem(`namndkoll.${key}`, JSON.stringify(value)); } catch { /* off, or full */ } },
  drop(key) { try { localStorage.removeItem(`namndkoll.${key}`); } catch { /* off */ } },
};

/** An element with attributes and children; strings become text, never markup. */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === false || value == null) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.filter(child => child != null));
  return element;
}

/** Say something to those who listen, once. */
export function announce(text, lang = language) {
  announceAll([[text, lang]]);
}

/** The same of several texts, each with its language. */
export function announceAll(texts) {
  const place = document.getElementById('announced');
  place.textContent = '';
  const parts = texts.filter(([text]) => text).map(([text, lang]) => make('span', {lang}, text));
  setTimeout(() => { place.replaceChildren(...parts.flatMap((part, n) => n ? [' ', part] : [part])); }, 60);
}

/** Say that something could not be done, to everybody: a text, or a fault. */
export function complain(fault) {
  const place = document.getElementById('told');
  place.replaceChildren(
    make('p', {}, ...(typeof fault === 'string' ? [fault] : inWords(fault))),
    make('button', {type: 'button', class: 'quiet', onclick: () => place.replaceChildren()}, say('Stäng')));
}

/** Ask whether something that cannot be undone is to be done. */
export function agreed(question, doing) {
  return new Promise(resolve => {
    const before = document.activeElement;
    const dialog = make('dialog', {'aria-labelledby': 'agreeing'},
      make('p', {id: 'agreeing'}, question),
      make('div', {class: 'answers'},
        make('button', {type: 'button', class: 'main', onclick: () => dialog.close('yes')}, doing),
        make('button', {type: 'button', autofocus: true, onclick: () => dialog.close('')}, say('Avbryt'))));
    dialog.addEventListener('close', () => {
      dialog.remove();
      before?.focus?.();
      resolve(dialog.returnValue === 'yes');
    });
    document.getElementById('page').append(dialog);
    dialog.showModal();
  });
}

/** Copy a text; `button` was pressed for it, and says for a while that it is done. */
export async function copy(text, button, done) {
  try {
    await navigator.clipboard.writeText(text);
  } catch { // not allowed, or no https: by hand
    const area = make('textarea', {readonly: true, class: 'unseen', 'aria-hidden': 'true'});
    area.value = text;
    button.after(area);
    area.select();
    const copied = document.execCommand('copy');
    area.remove();
    button.focus();
    if (!copied) return complain(say('Webbläsaren tillåter inte kopiering. Markera texten och kopiera den.'));
  }
  announce(done);
  const before = button.textContent;
  button.textContent = done;
  setTimeout(() => { button.textContent = before; }, 2500);
}

function lineOf(view) {
  if (lines[view]) return Promise.resolve(lines[view]);
  return new Promise(resolve => {
    const seen = event => {
      if (event.detail !== view) return;
      window.removeEventListener('namndkoll:line', seen);
      resolve(lines[view]);
    };
    window.addEventListener('namndkoll:line', seen);
  });
}

function listen(line) {
  if (line.listening) return;
  line.listening = true;
  line.watch('value', () => {
    if (!line.props.value) return;
    const reply = JSON.parse(line.props.value);
    waiting[reply.number]?.(reply);
    if (!reply.more) delete waiting[reply.number];
  });
}

const SLOW = 90_000;

/** Call the server: one call of a view at a time, in order. Rejects with a fault in words.
 *  `meanwhile` gets what there is of the answer while it is made. */
export async function call(view, name, data = {}, meanwhile = null) {
  const line = await lineOf(view);
  listen(line);
  const turn = (line.last ?? Promise.resolve()).then(() => new Promise((resolve, reject) => {
    const mine = ++number;
    const late = setTimeout(() => {
      delete waiting[mine];
      reject(new Error(say('Servern svarar inte. Kontrollera kontakten och försök igen.')));
    }, SLOW);
    waiting[mine] = reply => {
      if (reply.more) { meanwhile?.(reply); return; }
      clearTimeout(late);
      if (reply.error) reject(faultOf(reply)); else resolve(reply);
    };
    line.call({number: mine, name, data, lang: language});
  }));
  line.last = turn.catch(() => {});
  return turn;
}

const opened = {};
let begun = false;
/** What a view does each time it is shown. */
export function whenShown(view, does) {
  opened[view] = does;
  // its script may come before or after the page's first view: either way it is done once
  if (begun && current() === view) queueMicrotask(does);
}

function current() {
  const asked = location.hash.slice(1);
  return document.getElementById(`vy-${asked}`) || !document.getElementById('page') ? asked || 'fraga' : 'fraga';
}

/** When the page's markup is there. */
export function ready() {
  return new Promise(resolve => {
    const look = () => document.querySelector('#page .top') ? resolve() : setTimeout(look, 30);
    look();
  });
}

const place = () => `${current()}${location.search}`;
let drawn = '';

function show(moved) {
  const view = current();
  drawn = place();
  for (const section of document.querySelectorAll('.view')) section.hidden = section.id !== `vy-${view}`;
  for (const link of document.querySelectorAll('[data-view]')) {
    if (link.dataset.view === view) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  const name = document.getElementById(`vy-${view}`).dataset.name;
  document.title = view === 'fraga' ? 'Nämndkoll' : `${name} – Nämndkoll`;
  if (moved) {
    scrollTo(0, 0);
    const heading = document.querySelector(`#vy-${view} h1`) ?? document.getElementById('huvudinnehall');
    heading.tabIndex = -1;
    heading.focus({preventScroll: true});
  }
  begun = true;
  opened[view]?.();
}

/** Go to a view, with what its address says, without loading the page anew. */
export function goTo(address) {
  history.pushState(null, '', address);
  show(true);
}

function nameTheme() {
  const dark = document.documentElement.dataset.theme === 'dark';
  const button = document.getElementById('theme');
  button.textContent = dark ? say('Ljust') : say('Mörkt');
  button.setAttribute('aria-label', dark ? say('Byt till ljust utseende') : say('Byt till mörkt utseende'));
}

ready().then(() => {
  // the looks are the page's own: Gradio's dark ones are left out
  const plain = () => document.querySelectorAll('.dark').forEach(one => one.classList.remove('dark'));
  new MutationObserver(plain).observe(document.body, {attributeFilter: ['class'], subtree: true});
  plain();
  document.getElementById('theme').addEventListener('click', () => {
    const theme = document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark';
    document.documentElement.dataset.theme = theme;
    try { localStorage.setItem('namndkoll.theme', theme); } catch { /* off */ }
    nameTheme();
  });
  nameTheme();
  // what is asked and which view is shown stay the same in the other language
  document.querySelector('.language').addEventListener('click', event => {
    event.preventDefault();
    const link = new URLSearchParams(location.search);
    link.set('lang', event.currentTarget.lang);
    location.assign(`${location.pathname}?${link}${location.hash}`);
  });
  document.querySelector('.skip').addEventListener('click', event => {
    event.preventDefault();
    document.getElementById('huvudinnehall').focus();
  });
  // an address is gone to by a link, and back to with all that it said
  for (const way of ['hashchange', 'popstate']) {
    window.addEventListener(way, () => { if (place() !== drawn) show(true); });
  }
  window.addEventListener('offline', () => complain(say('Kontakten med nätet är bruten.')));
  show(false);
});

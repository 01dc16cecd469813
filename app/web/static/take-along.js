// Answers to take along: one as a file, and a pack of questions kept in this browser alone.

import {asking, faultOf, kept, make, say} from './page.js';

const changed = new EventTarget();
let held = null; // in memory too, for browsers that keep nothing

const isQuestion = one => one && typeof one.shown === 'string' && typeof one.asked?.text === 'string'
  && Array.isArray(one.asked.history);
const same = (one, other) => ['text', 'history', 'filters', 'choice']
  .every(key => JSON.stringify(one[key] ?? null) === JSON.stringify(other[key] ?? null));

function read() {
  const found = kept.get('pack');
  held = Array.isArray(found) ? found.filter(isQuestion) : held ?? [];
  return held;
}

function write(questions) {
  held = questions;
  kept.set('pack', questions);
  changed.dispatchEvent(new Event('change'));
}

/** The questions that are put aside for a meeting, in order: {asked, shown, narrowed}. */
export const pack = {
  all: read,
  has: asked => read().some(one => same(one.asked, asked)),
  add: question => write([...read(), question]),
  drop: asked => write(read().filter(one => !same(one.asked, asked))),
  empty: () => write([]),
  move(from, to) {
    const questions = [...read()];
    questions.splice(to, 0, ...questions.splice(from, 1));
    write(questions);
  },
  /** Call `does` now, and each time something is put aside or taken out, in any tab. */
  follow(does) {
    changed.addEventListener('change', does);
    addEventListener('storage', event => { if (event.key === 'namndkoll.pack') does(); });
    does();
  },
};

/**
 * Have a file made and saved. `progress(done, of)` is told how far it has come; `signal` stops it.
 * Rejects with a fault in words, or with an AbortError.
 */
export async function take(kind, questions, {whole = false, progress = null, signal = null} = {}) {
  const work = [...crypto.getRandomValues(new Uint8Array(16))].map(one => one.toString(16).padStart(2, '0')).join('');
  const follow = progress && setInterval(async () => {
    const reply = await fetch(asking(`nedladdning/${work}`)).catch(() => null);
    if (reply?.ok) { const {done, of} = await reply.json(); progress(done, of); }
  }, 300);
  signal?.addEventListener('abort', () => fetch(asking(`nedladdning/${work}`), {method: 'DELETE'}).catch(() => {}));
  try {
    const reply = await fetch(asking('nedladdning'), {
      method: 'POST', headers: {'Content-Type': 'application/json'}, signal,
      body: JSON.stringify({kind, questions, pack: whole, work}),
    });
    if (!reply.ok) {
      const told = await reply.json().catch(() => ({}));
      throw faultOf(told, say('Filen gick inte att göra. Försök igen; händer det igen, säg till den som sköter servern.'));
    }
    const name = /filename\*=UTF-8''([^;]+)/.exec(reply.headers.get('Content-Disposition') ?? '')?.[1];
    save(await reply.blob(), name ? decodeURIComponent(name) : `svar.${kind}`);
  } catch (error) {
    if (error.name === 'TypeError') throw new Error(say('Servern svarar inte. Kontrollera kontakten och försök igen.'));
    throw error;
  } finally {
    clearInterval(follow);
  }
}

function save(data, name) {
  const address = URL.createObjectURL(data);
  const link = make('a', {href: address, download: name, hidden: true});
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

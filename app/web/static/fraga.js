// Fråga: the conversation. What was asked is kept in this browser alone, and asked anew when the
// page is opened again; answers are always those of the documents as they are now.

import {
  agreed, announce, announceAll, call, complain, copy, counted, decimal, here, inWords, kept, make, ready, say, whenShown,
} from './page.js';
import {filtersIn, filtersOf, putFilters} from './filters.js';
import {pack, take} from './take-along.js';
import {viewerIn} from './viewer.js';

const MOST = 12;        // turns that are asked anew when the page is opened
const REMEMBERED = 20;  // earlier questions that are offered
let view, form, field, list, viewer, filters, busy = false, begun = false;
const turns = [];       // {asked: what was sent, shown: the question in words, places, copied}

const $ = selector => view.querySelector(selector);

/** Ask; the answer comes at the end of the conversation. */
async function ask(text, {choice = null, set = filters.get(), history = null, moved = false} = {}) {
  if (busy || !text.trim()) return;
  busy = true;
  const asked = {text: text.trim(), history: history ?? turns.map(turn => turn.shown), filters: set, choice};
  const turn = make('li', {class: 'turn', 'aria-busy': 'true'});
  let clock = make('span', {class: 'clock', 'aria-hidden': 'true'});
  const chosen = choice === null ? make('span', {lang: 'sv'}, asked.text) : say('Ditt val');
  turn.append(make('h3', {class: 'asked'}, chosen), make('p', {class: 'searching'}, `${say('Söker …')} `, clock));
  list.append(turn);
  talking();
  turn.scrollIntoView({block: 'start', behavior: 'auto'});
  announce(say('Söker'));
  const began = performance.now();
  const tick = setInterval(() => {
    clock.textContent = `${decimal((performance.now() - began) / 1000)} s`;
  }, 100);
  try {
    const reply = await call('fraga', 'ask', asked, piece => {
      turn.innerHTML = piece.html;
      clock = turn.querySelector('.clock') ?? clock;
    });
    turn.innerHTML = reply.html;
    turns.push({asked, shown: reply.asked, places: reply.places, copied: reply.copied});
    turn.dataset.turn = turns.length - 1;
    tellPacked();
    announceAll(reply.spoken);
    if (reply.places.length) viewer.show(reply.places, 0);
    remember(asked, reply.asked);
    if (moved) turn.querySelector('.asked').focus({preventScroll: true});
    turn.scrollIntoView({block: 'start', behavior: 'auto'});
    return true;
  } catch (error) {
    turn.querySelector('.searching')?.replaceWith(make('p', {class: 'failed', role: 'alert'}, ...inWords(error)));
    return false;
  } finally {
    clearInterval(tick);
    turn.removeAttribute('aria-busy');
    busy = false;
  }
}

function talking() {
  view.querySelector('.ask').classList.toggle('talking', list.children.length > 0);
  $('[data-do=anew]').hidden = !list.children.length;
  // what stands beside a conversation is not there before one
  for (const one of view.querySelectorAll('.start')) one.hidden = list.children.length > 0;
  drawEarlier();
}

// ---- what is kept in the browser

function remember(asked, shown) {
  kept.set('talk', turns.map(turn => turn.asked).slice(-MOST));
  const earlier = (kept.get('earlier') ?? []).filter(one => one.shown !== shown || one.asked.history.length);
  kept.set('earlier', [{asked, shown}, ...earlier.filter(one => one.shown !== shown)].slice(0, REMEMBERED));
}

function drawEarlier() {
  const earlier = kept.get('earlier') ?? [];
  const shown = earlier.length > 0 && !list.children.length;
  $('.earlier').hidden = !shown;
  $('[data-do=forget]').hidden = !earlier.length;
  $('.earlier ul').replaceChildren(...earlier.slice(0, 6).map(({asked, shown}) => make('li', {},
    make('button', {type: 'button', class: 'suggestion', lang: 'sv', onclick: () => {
      filters.put(asked.filters);
      ask(asked.text, {...again(asked), moved: true});
    }}, shown))));
}

const again = asked => ({choice: asked.choice, set: asked.filters, history: asked.history});

function anew() {
  turns.length = 0;
  list.replaceChildren();
  viewer.hide();
  kept.drop('talk');
  if (location.search) history.replaceState(null, '', here() + location.hash);
  talking();
  field.value = '';
  field.focus();
}

async function forget() {
  if (!await agreed(say('Rensa samtalet och alla tidigare frågor i den här webbläsaren?'), say('Rensa'))) return;
  kept.drop('earlier');
  anew();
  announce(say('Historiken är rensad.'));
}

// ---- a link that asks again

function linkTo({asked}) {
  const link = new URLSearchParams({q: asked.text});
  for (const earlier of asked.history) link.append('fore', earlier);
  putFilters(link, asked.filters);
  if (asked.choice !== null) link.set('val', asked.choice);
  return `${location.origin}${location.pathname}?${link}`;
}

function linked() {
  const link = new URLSearchParams(location.search);
  if (!link.get('q')) return null;
  const choice = /^\d+$/.test(link.get('val') ?? '') ? Number(link.get('val')) : null;
  return {text: link.get('q'), history: link.getAll('fore'), filters: filtersOf(link), choice};
}

// ---- taken along

async function taken(kind, said, button) {
  if (button.getAttribute('aria-disabled')) return;
  button.setAttribute('aria-disabled', 'true');
  announce(say('Gör filen.'));
  try {
    await take(kind, [said.asked]);
    announce(say('Filen är klar.'));
  } catch (error) {
    complain(error);
  } finally {
    button.removeAttribute('aria-disabled');
  }
}

function putAside({asked, shown}) {
  const most = Number(document.querySelector('#vy-underlag .pack').dataset.most);
  if (pack.has(asked)) {
    pack.drop(asked);
    announce(say('Borttagen ur mötesunderlaget.'));
  } else if (pack.all().length >= most) {
    complain(say('Mötesunderlaget rymmer {most} frågor. Ladda ned det och töm det, eller ta bort någon fråga.', {most}));
  } else {
    pack.add({asked, shown, narrowed: filters.told(asked.filters)});
    announce(counted(
      pack.all().length, 'Tillagd. Mötesunderlaget har nu {count} fråga.', 'Tillagd. Mötesunderlaget har nu {count} frågor.'));
  }
}

/** Say at each answer whether its question is put aside. */
function tellPacked() {
  for (const button of view.querySelectorAll('[data-do=pack]')) {
    const said = turns[button.closest('.turn').dataset.turn], held = said && pack.has(said.asked);
    button.setAttribute('aria-pressed', String(Boolean(held)));
    button.textContent = held ? say('Tillagd i mötesunderlag') : say('Lägg till i mötesunderlag');
  }
}

// ---- right or wrong

async function judge(turn, right, note = '') {
  const place = turn.querySelector('.judging');
  try {
    const reply = await call('fraga', 'judge', {asked: turns[turn.dataset.turn].asked, right, note});
    place.innerHTML = `<span>${reply.html}</span>`;
    turn.querySelector('form.wrong').hidden = true;
    announce(place.textContent);
  } catch (error) {
    complain(error);
  }
}

function pressed(event) {
  const button = event.target.closest('button');
  if (!button) return;
  const turn = button.closest('.turn'), said = turn && turns[turn.dataset.turn];
  const {source, choice, ask: question, do: does, take: kind} = button.dataset;
  if (source && said) {
    const at = said.places.findIndex(place => String(place.id) === source);
    if (at >= 0) viewer.show(said.places, at, button);
  } else if (choice && said) {
    ask(said.asked.text, {choice: Number(choice), set: said.asked.filters, history: said.asked.history, moved: true});
  } else if (question) {
    ask(question, {moved: true});
  } else if (kind) taken(kind, said, button);
  else if (does === 'pack') putAside(said);
  else if (does === 'copy') copy(said.copied, button, say('Kopierat'));
  else if (does === 'share') copy(linkTo(said), button, say('Länken är kopierad'));
  else if (does === 'right') judge(turn, true);
  else if (does === 'wrong') {
    const opened = turn.querySelector('form.wrong');
    opened.hidden = !opened.hidden;
    button.setAttribute('aria-expanded', String(!opened.hidden));
    if (!opened.hidden) opened.querySelector('input').focus();
  } else if (does === 'anew') anew();
  else if (does === 'forget') forget();
}

async function submit() {
  const text = field.value;
  if (busy || !text.trim()) return;
  field.value = '';
  grow();
  if (await ask(text) === false) field.value = text;
}

function grow() {
  field.style.height = 'auto';
  field.style.height = `${Math.min(field.scrollHeight, 180)}px`;
}

async function begin() {
  if (begun) return;
  begun = true;
  try {
    const reply = await call('fraga', 'begin');
    $('.suggestions ul').innerHTML = reply.html;
    $('.suggestions').hidden = !reply.html || list.children.length > 0;
    filters.fill(reply.filters);
    if (!reply.documents) complain(say('Det finns inga dokument än. Lägg till dem under Dokument.'));
  } catch (error) {
    begun = false;
    complain(error);
  }
  const shared = linked();
  if (shared) {
    filters.put(shared.filters);
    await ask(shared.text, again(shared));
    return;
  }
  for (const asked of kept.get('talk') ?? []) {
    if (await ask(asked.text, again(asked)) === undefined) break;
  }
}

ready().then(() => {
  view = document.getElementById('vy-fraga');
  form = $('form.asking');
  field = $('#question');
  list = $('.turns');
  viewer = viewerIn($('.viewer'));
  filters = filtersIn(view);
  view.addEventListener('click', pressed);
  form.addEventListener('submit', event => { event.preventDefault(); submit(); });
  field.addEventListener('input', grow);
  field.addEventListener('keydown', event => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) { event.preventDefault(); submit(); }
  });
  view.addEventListener('submit', event => {
    const wrong = event.target.closest('form.wrong');
    if (!wrong) return;
    event.preventDefault();
    judge(wrong.closest('.turn'), false, wrong.elements.note.value);
  });
  talking();
  pack.follow(tellPacked);
  whenShown('fraga', begin);
});

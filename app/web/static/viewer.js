// The page that a source stands on, with the place lit up: next, previous, closer, the document.

import {goTo, here, make, say} from './page.js';

const narrow = matchMedia('(max-width: 64rem)');
const SENTENCE = 6; // words that are worth following over the years
/** A place's name, its document's title told to be Swedish. */
const named = ({name, title}) => !name ? [say('Källan')]
  : title && name.startsWith(title) ? [make('span', {lang: 'sv'}, title), name.slice(title.length)] : [name];
const STEPS = [1, 1.25, 1.5, 2, 2.5, 3];

/**
 * A viewer in `element`. `show(places, at)` opens one of some places. It lies over the rest of the
 * page where there is no room beside it, or with `over` always.
 */
export function viewerIn(element, {over = false} = {}) {
  let places = [], at = 0, zoom = 0, before = null;

  /** Open a place; `button` is what was pressed for it, and where one comes back to. */
  function show(shown, index, button) {
    places = shown;
    at = index;
    if (button) before = button;
    element.hidden = false;
    if (!over) document.documentElement.classList.add('sourced');
    const covering = button && (over || narrow.matches);
    if (covering) cover();
    draw(); // in its place: what is scrolled to depends on its size
    if (covering) element.querySelector('[data-do=close]').focus();
  }

  function cover() {
    element.classList.add('over');
    element.setAttribute('role', 'dialog');
    element.setAttribute('aria-modal', 'true');
    document.documentElement.classList.add('covered');
  }

  function close() {
    element.classList.remove('over');
    element.removeAttribute('role');
    element.removeAttribute('aria-modal');
    document.documentElement.classList.remove('covered');
    if (over) element.hidden = true;
    if (before?.isConnected) before.focus();
  }

  function hide() {
    close();
    element.hidden = true;
    document.documentElement.classList.remove('sourced');
    element.replaceChildren();
  }

  function draw() {
    const place = places[at];
    element.replaceChildren(head(place), bar(place), stage(place));
    fit();
  }

  function head(place) {
    return make('div', {class: 'naming'},
      make('button', {type: 'button', class: 'quiet', 'data-do': 'close', onclick: close}, over ? say('Stäng sidan') : say('Tillbaka till svaret')),
      make('h2', {}, place.id ? make('span', {class: 'marker', 'aria-hidden': 'true'}, String(place.id)) : null,
        make('span', {}, ...named(place))),
      place.section ? make('p', {class: 'aside', lang: 'sv'}, place.section) : null);
  }

  function bar(place) {
    const step = (to, text, label) => make('button', {
      type: 'button', class: 'step', 'aria-label': label, title: label,
      'aria-disabled': to < 0 || to >= places.length ? 'true' : false,
      onclick: event => { if (to >= 0 && to < places.length) { at = to; draw(); again(event.target); } },
    }, text);
    const closer = (by, text, label) => make('button', {
      type: 'button', class: 'step', 'aria-label': label, title: label,
      onclick: () => { zoom = Math.min(STEPS.length - 1, Math.max(0, zoom + by)); fit(); },
    }, text);
    return make('div', {class: 'bar', role: 'group', 'aria-label': say('Källan')},
      places.length > 1 ? make('span', {class: 'steps'},
        step(at - 1, '‹', say('Föregående källa')),
        make('span', {class: 'count'}, say('{place} av {of}', {place: at + 1, of: places.length})),
        step(at + 1, '›', say('Nästa källa'))) : null,
      place.picture ? make('span', {class: 'steps'},
        closer(-1, '−', say('Förminska')), closer(1, '+', say('Förstora'))) : null,
      place.quote?.match(/\p{L}{2,}/gu)?.length >= SENTENCE ? follow(place.quote) : null,
      place.file ? make('a', {
        class: 'open', href: place.file + (place.picture ? `#page=${place.page}` : ''),
        target: '_blank', rel: 'noopener',
      }, place.picture ? say('Öppna PDF') : say('Hämta dokumentet'), make('span', {class: 'unseen'}, ' ', ...named(place), ` (${say('ny flik')})`)) : null);
  }

  function follow(quote) {
    const address = here(new URLSearchParams({formulering: quote.replace(/\s+/g, ' ').trim()}), 'formuleringar');
    return make('a', {class: 'follow', href: address, onclick: event => {
      event.preventDefault();
      close();
      goTo(address);
    }}, say('Följ formuleringen'));
  }

  function again(button) {
    const name = button.getAttribute('aria-label');
    [...element.querySelectorAll('.bar button')].find(one => one.getAttribute('aria-label') === name)?.focus();
  }

  function stage(place) {
    if (place.gone) return make('div', {class: 'text'}, make('p', {}, place.gone), make('blockquote', {lang: 'sv'}, place.quote));
    if (!place.picture) {
      const [start, quote, rest] = place.text;
      return make('div', {class: 'text', lang: 'sv', tabindex: '0', role: 'group', 'aria-label': place.name},
        start, make('mark', {}, quote), rest);
    }
    const [width, height] = place.size;
    const image = make('img', {
      src: place.picture, width: Math.round(width * 2), height: Math.round(height * 2),
      alt: say('{place}. Markerat: {quote}', {place: place.name, quote: place.quote}),
    });
    const paper = make('div', {class: 'paper', style: `aspect-ratio: ${width} / ${height}`}, image,
      ...place.marks.map(([left, top, w, h]) => make('span', {
        class: 'lit', style: `left:${left}%;top:${top}%;width:${w}%;height:${h}%`,
      })));
    image.addEventListener('error', () => paper.replaceWith(
      make('div', {class: 'text'}, make('p', {}, say('Sidan gick inte att visa. Ladda om, eller öppna dokumentet.')))));
    return make('div', {class: 'stage', tabindex: '0', role: 'group', 'aria-label': place.name}, paper);
  }

  function fit() {
    const frame = element.querySelector('.stage'), paper = frame?.querySelector('.paper');
    if (!paper) return;
    paper.style.width = `${100 * STEPS[zoom]}%`;
    const [left, top, w, h] = places[at].marks[0] ?? [50, 0, 0, 0];
    const middle = (size, from, share) => paper[size] * (from + share / 2) / 100;
    frame.scrollTop = middle('offsetHeight', top, h) - frame.clientHeight * 0.42;
    frame.scrollLeft = middle('offsetWidth', left, w) - frame.clientWidth / 2;
  }

  element.addEventListener('keydown', event => {
    if (!element.classList.contains('over')) return;
    if (event.key === 'Escape') close();
    if (event.key !== 'Tab') return;
    const inside = [...element.querySelectorAll('button, a, [tabindex="0"]')];
    const [first, last] = [inside[0], inside.at(-1)];
    const turned = event.shiftKey ? document.activeElement === first : document.activeElement === last;
    if (turned) { event.preventDefault(); (event.shiftKey ? last : first).focus(); }
  });
  narrow.addEventListener('change', () => { if (!narrow.matches && !over) close(); fit(); });
  return {show, hide, draw};
}

// What overviews share: choices, and numbers that open the cells that they stand in.

import {option} from './page.js';

/** Put options in a select; keeps what was chosen where it is still there. */
export function options(select, pairs) {
  const before = select.value;
  select.replaceChildren(...pairs.map(([value, text]) => option(text, value)));
  if (pairs.some(([value]) => value === before)) select.value = before;
}

/** Show a reply in an element: its numbers open the places that came with it. */
export function put(element, html, places, viewer) {
  element.innerHTML = html;
  element.onclick = event => {
    const button = event.target.closest('[data-places]');
    if (button) open(button.dataset.places.split(',').map(Number), places, viewer, button);
  };
}

/** Open some of a reply's places; `button` is where one comes back to. */
export function open(which, places, viewer, button) {
  viewer.show(which.map(at => places[at]), 0, button);
}

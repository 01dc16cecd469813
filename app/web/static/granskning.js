// Granskning: findings, narrowed to a document or a kind; a glimpse of a page opens it.

import {call, complain, counted, option, ready, say, whenShown} from './page.js';
import {viewerIn} from './viewer.js';

ready().then(() => {
  const view = document.getElementById('vy-granskning');
  const $ = selector => view.querySelector(selector);
  const viewer = viewerIn($('.viewer'), {over: true});
  const form = $('.narrowing');
  let places = [], summary = '';

  function narrow() {
    const {document: about, kind} = Object.fromEntries(new FormData(form));
    const found = [...view.querySelectorAll('.findings .finding')];
    for (const one of found) {
      one.hidden = (kind && one.dataset.kind !== kind)
        || (about && !one.dataset.documents.split(' ').includes(about));
    }
    const told = [...$('.findings').children], shown = told.filter(one => !one.hidden).length;
    $('.summary').textContent = shown === told.length ? summary : say('Visar {shown} av {count}.', {shown, count: told.length});
  }

  function fill(name, options) {
    const select = form.elements[name], before = select.value;
    select.replaceChildren(select.options[0], ...options.map(([value, text]) => name === 'kind' ? new Option(text, value) : option(text, value)));
    select.value = options.some(([value]) => value === before) ? before : '';
  }

  view.addEventListener('change', narrow);
  view.addEventListener('click', event => {
    const button = event.target.closest('.glimpse');
    if (button) viewer.show(places[button.dataset.finding], Number(button.dataset.place), button);
  });
  whenShown('granskning', async () => {
    try {
      const reply = await call('granskning', 'open');
      places = reply.places;
      summary = reply.summary;
      $('.findings').innerHTML = reply.html;
      const rounding = $('.rounding');
      rounding.querySelector('.findings').innerHTML = reply.rounded;
      const count = rounding.querySelectorAll('.finding').length;
      rounding.hidden = !count;
      rounding.querySelector('summary').textContent = counted(
        count, '{count} skillnad som avrundning förklarar', '{count} skillnader som avrundning förklarar');
      fill('document', reply.documents);
      fill('kind', reply.kinds);
      form.hidden = $('.findings').children.length < 2;
      narrow();
    } catch (error) {
      $('.summary').textContent = '';
      complain(error);
    }
  });
});

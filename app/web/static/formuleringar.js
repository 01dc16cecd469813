// Formuleringar: a wording year by year, and two documents side by side. A link brings a text here.

import {announce, call, complain, copy, here, inWords, make, option, ready, say, whenShown} from './page.js';
import {filtersIn, filtersOf, putFilters} from './filters.js';
import {viewerIn} from './viewer.js';

ready().then(() => {
  const view = document.getElementById('vy-formuleringar');
  const $ = selector => view.querySelector(selector);
  const viewer = viewerIn($('.viewer'), {over: true});
  const filters = filtersIn(view);
  const field = $('#wording'), finding = $('.finding-form'), comparing = $('.between-form');
  const found = {find: $('.found.find'), between: $('.found.between')};
  const places = {find: [], between: []};
  let searched = null, asked = 0;

  const mode = () => $('[name=mode]:checked').value;

  function choose(wanted) {
    $(`[name=mode][value=${wanted}]`).checked = true;
    const find = wanted === 'find';
    finding.hidden = !find;
    comparing.hidden = find;
    found.find.hidden = !find;
    found.between.hidden = find;
    $('.hint').hidden = !find || found.find.children.length > 0;
  }

  function count() {
    const words = field.value.match(/[\p{L}\p{N}]+(?:[.,:\-][\p{L}\p{N}]+)*/gu)?.length ?? 0;
    const told = $('#wording-count');
    told.querySelector('.count').textContent = words.toLocaleString('sv-SE');
    told.classList.toggle('over', words > Number(field.dataset.most));
    field.style.height = 'auto';
    field.style.height = `${Math.min(Math.max(field.scrollHeight + 2, 120), 320)}px`;
  }

  /** Ask the server, and show what comes in its place, unless something else was asked meanwhile. */
  async function fetched(kind, name, data, button) {
    const mine = ++asked;
    $('.hint').hidden = true;
    $('.working').textContent = kind === 'find' ? say('Söker …') : say('Jämför …');
    $('.working').hidden = false;
    found[kind].setAttribute('aria-busy', 'true');
    try {
      const reply = await call('formuleringar', name, data);
      if (mine !== asked) return;
      places[kind] = reply.places;
      found[kind].innerHTML = reply.html;
      announce(reply.spoken);
      const heading = found[kind].querySelector('.summary');
      heading.focus({preventScroll: true});
      heading.scrollIntoView({block: 'nearest'});
      return true;
    } catch (error) {
      if (mine !== asked) return;
      found[kind].replaceChildren(make('p', {class: 'failed', role: 'alert'}, ...inWords(error)));
      button.focus();
    } finally {
      if (mine === asked) $('.working').hidden = true;
      found[kind].removeAttribute('aria-busy');
    }
  }

  async function search() {
    const text = field.value.trim();
    choose('find');
    if (!text) {
      found.find.replaceChildren(make('p', {class: 'failed', role: 'alert'}, say('Klistra in en mening eller ett stycke först.')));
      $('.hint').hidden = true;
      field.focus();
      return;
    }
    searched = {text, filters: filters.get()};
    const link = new URLSearchParams({formulering: text});
    putFilters(link, searched.filters);
    // longer addresses are cut on their way
    const linked = here(link, 'formuleringar'), long = linked.length > 4000;
    $('[data-do=share]').hidden = long;
    history.replaceState(null, '', long ? here(undefined, 'formuleringar') : linked);
    await fetched('find', 'find', searched, field);
  }

  async function compare() {
    const {one, other} = Object.fromEntries(new FormData(comparing));
    if (!one || !other) {
      found.between.replaceChildren(make('p', {class: 'failed', role: 'alert'}, say('Välj två dokument att jämföra.')));
      comparing.elements[one ? 'other' : 'one'].focus();
      return;
    }
    await fetched('between', 'between', {one, other}, comparing.elements.other);
  }

  function fill(documents) {
    for (const name of ['one', 'other']) {
      const select = comparing.elements[name], before = select.value;
      select.replaceChildren(select.options[0], ...documents.map(([id, title]) => option(title, id)));
      select.value = documents.some(([id]) => id === before) ? before : '';
    }
    if (documents.length) return;
    const hint = $('.hint');
    hint.replaceChildren(`${say('Här finns inga dokument än.')} `, make('a', {href: '#dokument'}, say('Lägg till dem under Dokument.')));
  }

  /** Search for what a link brought, once. */
  function linked() {
    const link = new URLSearchParams(location.search);
    const text = link.get('formulering');
    if (!text || text === searched?.text) return;
    field.value = text;
    filters.put(filtersOf(link));
    count();
    search();
  }

  function changed({target}) {
    if (target.name === 'mode') choose(target.value);
    if (target.name === 'against') found.find.classList.toggle('to-before', target.value === 'before');
    if (target.name !== 'status') return;
    const shown = [...view.querySelectorAll('[name=status]:checked')].map(one => one.value);
    for (const one of view.querySelectorAll('.change')) one.hidden = !shown.includes(one.dataset.status);
    for (const part of view.querySelectorAll('.part')) part.hidden = Boolean(part.querySelector('.change')) && !part.querySelector('.change:not([hidden])');
  }

  /** The address, for somebody who may read another language. */
  function shared() {
    const address = new URL(location.href);
    address.searchParams.delete('lang');
    return address.href;
  }

  function pressed({target}) {
    const button = target.closest('button');
    if (!button) return;
    if (button.dataset.places) {
      const kind = button.closest('.found').classList.contains('find') ? 'find' : 'between';
      viewer.show(places[kind][button.dataset.places], 0, button);
    } else if (button.classList.contains('more')) {
      const middle = button.nextElementSibling;
      middle.hidden = false;
      middle.tabIndex = -1;
      middle.focus();
      button.remove();
    } else if (button.dataset.do === 'share') {
      copy(shared(), button, say('Länken är kopierad'));
    }
  }

  view.addEventListener('change', changed);
  view.addEventListener('click', pressed);
  field.addEventListener('input', count);
  field.addEventListener('keydown', event => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); search(); }
  });
  finding.addEventListener('submit', event => { event.preventDefault(); search(); });
  comparing.addEventListener('submit', event => { event.preventDefault(); compare(); });
  choose(mode());
  count();
  whenShown('formuleringar', async () => {
    try {
      const reply = await call('formuleringar', 'open');
      filters.fill(reply.filters);
      fill(reply.documents);
    } catch (error) {
      complain(error);
    }
    linked();
  });
  // a link without a view's name is to a wording all the same
  if (!location.hash && new URLSearchParams(location.search).has('formulering')) location.hash = 'formuleringar';
});

// Mötesunderlag: the questions put aside, in order; moved, taken out, and taken along as one file.

import {agreed, announce, complain, counted as countedAs, make, ready, say} from './page.js';
import {pack, take} from './take-along.js';

ready().then(() => {
  const view = document.getElementById('vy-underlag');
  const $ = selector => view.querySelector(selector);
  const link = document.querySelector('[data-view=underlag]'), name = link.textContent;
  let stopping = null;

  const counted = count => countedAs(count, '{count} fråga', '{count} frågor');

  function draw() {
    const questions = pack.all();
    $('.empty').hidden = questions.length > 0;
    $('.filled').hidden = !questions.length;
    $('h2.count').textContent = counted(questions.length);
    $('.questions').replaceChildren(...questions.map((one, at) => item(one, at, questions.length)));
    link.replaceChildren(name);
    if (questions.length) link.append(
      make('span', {class: 'badge', 'aria-hidden': 'true'}, String(questions.length)),
      make('span', {class: 'unseen'}, `, ${counted(questions.length)}`));
  }

  function item({asked, shown, narrowed}, at, of) {
    const does = (text, doing, label, off) => make('button', {
      type: 'button', class: text.length > 1 ? 'quiet' : 'step', 'data-do': doing, 'data-at': at,
      'aria-label': label, title: label, 'aria-disabled': off ? 'true' : false,
    }, text);
    const earlier = asked.history.at(-1);
    const about = [[say('Följer på:'), earlier], [say('Bara:'), narrowed]].filter(([, text]) => text);
    const told = about.flatMap(([lead, text], n) => [`${n ? ' · ' : ''}${lead} `, make('span', {lang: 'sv'}, text)]);
    return make('li', {},
      make('div', {class: 'about'}, make('p', {class: 'question', lang: 'sv'}, shown),
        about.length ? make('p', {class: 'aside'}, ...told) : null),
      make('div', {class: 'doings', role: 'group', 'aria-label': shown},
        does('↑', 'up', say('Flytta upp: {question}', {question: shown}), at === 0),
        does('↓', 'down', say('Flytta ned: {question}', {question: shown}), at === of - 1),
        does(say('Ta bort'), 'drop', say('Ta bort: {question}', {question: shown}))));
  }

  function move(at, by) {
    const to = at + by, count = pack.all().length;
    if (to < 0 || to >= count) return;
    pack.move(at, to);
    $(`[data-do=${by < 0 ? 'up' : 'down'}][data-at="${to}"]`).focus();
    announce(say('Flyttad till plats {place} av {count}.', {place: to + 1, count}));
  }

  function drop(at) {
    pack.drop(pack.all()[at].asked);
    const left = view.querySelectorAll('[data-do=drop]');
    if (left.length) left[Math.min(at, left.length - 1)].focus();
    else { const heading = $('h1'); heading.tabIndex = -1; heading.focus(); }
    announce(say('Frågan är borttagen ur underlaget.'));
  }

  async function empty() {
    if (!await agreed(say('Ta bort alla frågor ur underlaget?'), say('Töm underlaget'))) return;
    pack.empty();
    const heading = $('h1');
    heading.tabIndex = -1;
    heading.focus();
    announce(say('Underlaget är tomt.'));
  }

  async function taken(kind) {
    if (stopping) return;
    const questions = pack.all().map(one => one.asked);
    stopping = new AbortController();
    const bar = $('.making progress'), told = $('.making .told');
    const progress = (done, of) => {
      bar.max = of;
      bar.value = done;
      told.textContent = done < of ? say('Svarar på fråga {place} av {of}', {place: done + 1, of}) : say('Skriver filen …');
    };
    progress(0, questions.length);
    $('.making').hidden = false;
    for (const one of view.querySelectorAll('[data-take]')) one.setAttribute('aria-disabled', 'true');
    announce(say('Gör filen.'));
    try {
      await take(kind, questions, {whole: true, progress, signal: stopping.signal});
      announce(say('Filen är klar.'));
    } catch (error) {
      if (error.name === 'AbortError') announce(say('Avbrutet.')); else complain(error);
    } finally {
      stopping = null;
      $('.making').hidden = true;
      for (const one of view.querySelectorAll('[data-take]')) one.removeAttribute('aria-disabled');
    }
  }

  view.addEventListener('click', event => {
    const button = event.target.closest('button');
    if (!button) return;
    const {do: does, at, take: kind} = button.dataset;
    if (kind) taken(kind);
    else if (does === 'up') move(Number(at), -1);
    else if (does === 'down') move(Number(at), 1);
    else if (does === 'drop') drop(Number(at));
    else if (does === 'empty') empty();
    else if (does === 'stop') { stopping?.abort(); $(`[data-take]`).focus(); }
  });
  pack.follow(draw);
});

// Dokument: what there is; files sent up and followed page by page; corrected, replaced, removed.

import {agreed, announce, announceAll, asking, call, complain, counted, inWords, language, make, ready, say, whenShown} from './page.js';

const OFTEN = 400; // milliseconds between looks at how reading goes

ready().then(() => {
  const view = document.getElementById('vy-dokument');
  const $ = selector => view.querySelector(selector);
  const input = $('input[type=file]'), drop = $('.drop');
  let ids = [], replaced = null;

  function draw(reply) {
    ids = reply.ids;
    $('.summary').textContent = reply.summary;
    $('.boards').innerHTML = reply.html;
  }

  const open = () => call('dokument', 'open').then(draw)
    .catch(error => { $('.summary').textContent = ''; complain(error); });

  // ---- sending up

  const idOf = name => name.normalize('NFC').replace(/\.[^.]*$/, '');

  async function send(files) {
    const known = [...files].filter(file => ids.includes(idOf(file.name))).map(file => file.name);
    if (known.length && !await agreed(
      say('{names} finns redan. Ersätta med den nya versionen?', {names: known.join(', ')}), say('Ersätt'))) {
      files = [...files].filter(file => !known.includes(file.name));
    }
    for (const file of files) take(file, file.name);
  }

  function take(file, name) {
    const bar = make('progress', {max: 1, value: 0, 'aria-label': say('Inläsning av {name}', {name})});
    const told = make('span', {class: 'told'}, say('Skickar …'));
    const stop = make('button', {type: 'button', class: 'quiet'}, say('Avbryt'), make('span', {class: 'unseen'}, ` ${name}`));
    const row = make('li', {class: 'job'}, make('b', {}, name), bar, told, stop);
    $('.jobs').append(row);
    const sending = new XMLHttpRequest();
    const end = (text, kind, own = '') => {
      row.className = `job ${kind}`;
      bar.remove();
      told.replaceChildren(...inWords({message: text, own}));
      stop.replaceChildren(say('Stäng'), make('span', {class: 'unseen'}, ` ${say('raden om {name}', {name})}`));
      stop.hidden = false;
      stop.onclick = () => row.remove();
      announceAll([[`${name}: ${text}`, language], [own, 'sv']]);
    };
    stop.onclick = () => { sending.abort(); end(say('Avbrutet. Inget är inlagt.'), 'stopped'); };
    sending.upload.onprogress = event => { if (event.lengthComputable) bar.value = event.loaded / event.total * 0.1; };
    sending.onerror = () => end(say('Filen kom inte fram. Kontrollera kontakten och försök igen.'), 'failed');
    sending.onload = () => {
      let state = {};
      try { state = JSON.parse(sending.responseText); } catch { /* told below */ }
      if (state.error || !state.job) end(state.error ?? say('Servern tog inte emot filen.'), 'failed');
      else follow(state, {bar, told, stop, end});
    };
    sending.open('POST', asking('inlasning', {namn: name}));
    sending.send(file);
  }

  function follow(first, {bar, told, stop, end}) {
    stop.onclick = () => {
      stop.disabled = true;
      told.textContent = say('Avbryter …');
      fetch(asking(`inlasning/${first.job}`), {method: 'DELETE'}).catch(() => {});
    };
    const look = async () => {
      let state;
      try {
        const answer = await fetch(asking(`inlasning/${first.job}`));
        state = await answer.json();
      } catch { setTimeout(look, 4 * OFTEN); return; } // the line is broken; the reading goes on
      if (state.error) return end(state.error, 'failed');
      const {stage, done, pages} = state;
      if (stage === 'done') { await open(); return end(finished(state), 'done', state.message && `${state.message}.`); }
      if (stage === 'failed') return end(say('Gick inte att läsa in:'), 'failed', state.message);
      if (stage === 'stopped') return end(say('Avbrutet. Inget är inlagt.'), 'stopped');
      if (stage === 'waiting') told.textContent = say('Väntar på sin tur …');
      if (stage === 'reading') {
        told.textContent = pages && done < pages ? say('Läser sida {page} av {pages}', {page: done + 1, pages}) : say('Tolkar tabeller och tal …');
        bar.value = 0.1 + 0.8 * (pages ? done / pages : 0);
      }
      if (stage === 'indexing') { told.textContent = say('Gör sökbart …'); bar.value = 0.95; stop.hidden = true; }
      setTimeout(look, OFTEN);
    };
    look();
  }

  function finished({status, pages, problems, message}) {
    if (status === 'unchanged') return say('Finns redan, oförändrad.');
    const done = status === 'replaced' ? say('Ersatt') : say('Inläst');
    const told = problems.length ? ` ${counted(problems.length, '{count} anmärkning.', '{count} anmärkningar.')}` : '';
    return `${done}: ${counted(pages, '{count} sida', '{count} sidor')}.${told}${message ? ` ${say('Obs:')}` : ''}`;
  }

  input.addEventListener('change', () => {
    if (replaced && input.files.length) {
      const suffix = input.files[0].name.match(/\.[^.]*$/)?.[0] ?? '';
      take(input.files[0], replaced + suffix);
    } else send([...input.files]);
    input.value = '';
  });
  for (const [name, over] of [['dragover', true], ['dragleave', false], ['drop', false]]) {
    drop.addEventListener(name, event => { event.preventDefault(); drop.classList.toggle('over-it', over); });
  }
  drop.addEventListener('drop', event => send([...event.dataTransfer.files]));

  // ---- what is done with a document

  const pick = (many, name = null) => { replaced = name; input.multiple = many; input.click(); };

  async function change(name, data, row, done) {
    row?.setAttribute('aria-busy', 'true');
    try {
      draw(await call('dokument', name, data));
      announce(done);
      const again = [...view.querySelectorAll('.document')].find(one => one.dataset.id === data.id);
      (again?.querySelector('[data-do=edit]') ?? view.querySelector('h1')).focus();
    } catch (error) {
      complain(error);
    } finally {
      row?.removeAttribute('aria-busy');
    }
  }

  view.addEventListener('click', async event => {
    const does = event.target.closest('[data-do]')?.dataset.do;
    const row = event.target.closest('.document'), id = row?.dataset.id;
    if (does === 'choose') pick(true);
    else if (does === 'replace') pick(false, id);
    else if (does === 'edit') {
      const form = row.querySelector('form');
      form.hidden = !form.hidden;
      (form.hidden ? row.querySelector('.doings [data-do=edit]') : form.querySelector('input')).focus();
    } else if (does === 'forget') change('forget', {id}, row, say('Rättelsen är borttagen.'));
    else if (does === 'remove') {
      const title = row.querySelector('h3').textContent;
      if (await agreed(say('Ta bort ”{title}”? Svaren bygger sedan inte på det. Filen där den låg rörs inte.', {title}), say('Ta bort'))) {
        change('remove', {id}, row, say('Dokumentet är borttaget.'));
      }
    }
  });
  view.addEventListener('submit', event => {
    event.preventDefault();
    const row = event.target.closest('.document');
    const data = Object.fromEntries(new FormData(event.target));
    change('correct', {...data, id: row.dataset.id}, row, say('Uppgifterna är sparade.'));
  });
  whenShown('dokument', open);
});

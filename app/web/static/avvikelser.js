// Avvikelser: a board, a document and a table are chosen; charts and numbers open their cells.

import {call, complain, make, ready, say, whenShown} from './page.js';
import {draw} from './charts.js';
import {open, options, put} from './overview.js';
import {viewerIn} from './viewer.js';

ready().then(() => {
  const view = document.getElementById('vy-avvikelser');
  const $ = selector => view.querySelector(selector);
  const viewer = viewerIn($('.viewer'), {over: true});
  const {board, document: chosen, table} = $('.narrowing').elements;
  let boards = [], plotly = '', shown = '', turn = 0;
  const found = $('.sheet > .found'), forecasts = $('.forecasts');

  const drawIn = (element, reply) => draw(element, reply.charts ?? {}, plotly, (places, plot) => {
    plot.tabIndex = -1; // where one comes back to
    open(places, reply.places, viewer, plot);
  });
  const ask = async (name, data) => {
    try { return await call('avvikelser', name, data); } catch (error) { complain(error); return null; }
  };

  async function showBoard() {
    const one = boards[board.value];
    options(chosen, one.documents.map(({id, name}) => [id, name]));
    if (!one.documents.some(({id}) => id === shown)) {
      chosen.value = (one.documents.find(({reports}) => reports) ?? one.documents[0]).id;
    }
    forecasts.hidden = true;
    await showDocument();
    const reply = await ask('forecasts', {municipality: one.municipality, board: one.board});
    if (!reply || boards[board.value] !== one) return;
    forecasts.hidden = false;
    put(forecasts.querySelector('.found'), reply.html, reply.places, viewer);
    drawIn(forecasts, reply);
  }

  async function showDocument() {
    const mine = ++turn;
    $('.summary').textContent = say('Hämtar avvikelserna …');
    const reply = await ask('document', {document: chosen.value});
    if (mine !== turn) return;
    $('.summary').textContent = '';
    if (!reply) return;
    shown = chosen.value;
    put(found, reply.html, reply.places, viewer);
    found.reply = reply;
    options(table, reply.tables.map((name, at) => [String(at), name]));
    table.value = '0';
    table.closest('label').hidden = reply.tables.length < 2;
    await showTable();
  }

  async function showTable() {
    const sections = [...found.querySelectorAll('.deviating')];
    sections.forEach(one => { one.hidden = one.dataset.table !== table.value; });
    const section = sections.find(one => !one.hidden);
    if (!section) return;
    drawIn(found, found.reply);
    if (section.asked) return;
    section.asked = true;
    const years = section.querySelector('.years'), place = years.querySelector('.found');
    const reply = await ask('years', {document: shown, table: section.dataset.id});
    if (!reply) return;
    if (!reply.lines.length) { years.hidden = true; return; }
    const select = make('select', {});
    options(select, reply.lines.map(({label}, at) => [String(at), label]));
    const drawn = () => {
      put(place, reply.lines[select.value].html, reply.places, viewer);
      drawIn(place, reply);
    };
    select.addEventListener('change', drawn);
    place.before(make('label', {class: 'choice-of-row'}, say('Rad'), select));
    drawn();
  }

  board.addEventListener('change', showBoard);
  chosen.addEventListener('change', showDocument);
  table.addEventListener('change', showTable);
  whenShown('avvikelser', async () => {
    const reply = await ask('open', {});
    if (!reply) { $('.summary').textContent = ''; return; }
    const same = JSON.stringify(reply.boards) === JSON.stringify(boards);
    ({boards, plotly} = reply);
    $('.narrowing').hidden = !boards.length;
    if (!boards.length) {
      $('.summary').textContent = '';
      forecasts.hidden = true;
      put(found, reply.html, [], viewer);
    } else if (!same || !shown) {
      options(board, boards.map(({name}, at) => [String(at), name]));
      await showBoard();
    } else if (found.reply) drawIn(found, found.reply);
  });
});

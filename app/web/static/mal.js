// Mål och risker: a board is chosen; numbers open their cells.

import {call, complain, ready, say, whenShown} from './page.js';
import {options, put} from './overview.js';
import {viewerIn} from './viewer.js';

ready().then(() => {
  const view = document.getElementById('vy-mal');
  const $ = selector => view.querySelector(selector);
  const viewer = viewerIn($('.viewer'), {over: true});
  const form = $('.narrowing'), board = form.elements.board;
  let boards = [];

  async function showBoard() {
    const one = boards[board.value];
    $('.summary').textContent = say('Hämtar mål och risker …');
    const reply = await call('mal', 'board', {municipality: one.municipality, board: one.board});
    if (boards[board.value] !== one) return;
    $('.summary').textContent = reply.summary;
    put($('.goals .found'), reply.goals, reply.places, viewer);
    put($('.all-risks .found'), reply.risks, reply.places, viewer);
    $('.both').hidden = false;
  }
  const trying = doing => async () => {
    try {
      await doing();
    } catch (error) {
      $('.summary').textContent = '';
      complain(error);
    }
  };

  board.addEventListener('change', trying(showBoard));
  whenShown('mal', trying(async () => {
    const reply = await call('mal', 'open');
    boards = reply.boards;
    put($('.sheet > .found'), reply.html, [], viewer);
    form.hidden = !boards.length;
    $('.both').hidden = true;
    options(board, boards.map(({name}, at) => [String(at), name]));
    if (boards.length) await showBoard();
    else $('.summary').textContent = '';
  }));
});

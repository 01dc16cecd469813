// Charts by Plotly, fetched from our own server when the first one is drawn. A chart says by words,
// sides and patterns what it says by colour; the numbers stand in a table beside it.

import {language, make, say} from './page.js';

const narrow = matchMedia('(max-width: 40rem)');
const drawn = new Map();
let loading = null;

/** Plotly, from `address` on our own server. */
function plotly(address) {
  loading ??= new Promise((resolve, reject) => {
    document.head.append(make('script', {
      src: address, onload: () => resolve(window.Plotly),
      onerror: () => { loading = null; reject(new Error('no Plotly')); },
    }));
  });
  return loading;
}

/**
 * Draw the charts of an element that are in sight. `charts` are what they draw, by their keys;
 * `pick(places, plot)` is called when a mark of one is pressed.
 */
export async function draw(element, charts, address, pick) {
  for (const plot of element.querySelectorAll('.plot')) {
    if (!plot.offsetParent || drawn.has(plot)) continue;
    const again = () => paint(plot, charts[plot.dataset.chart], address, pick);
    drawn.set(plot, again);
    try {
      await again();
    } catch {
      drawn.delete(plot);
      plot.replaceChildren(make('p', {class: 'aside'}, say('Diagrammet gick inte att rita. Talen står i tabellen.')));
    }
  }
}

async function paint(plot, chart, address, pick) {
  const Plotly = await plotly(address);
  const {data, layout} = KINDS[chart.kind](chart, looks());
  const lines = chart.kind === 'years' ? 0 : (chart.items ?? [0, ...chart.steps, 0]).length;
  const row = narrow.matches ? 54 : 38;
  await Plotly.react(plot, data, {
    ...frame(looks()), ...layout, height: lines ? lines * row + 56 : 320,
  }, {displayModeBar: false, responsive: true, showTips: false, doubleClick: false, locale: language});
  plot.removeAllListeners?.('plotly_click');
  plot.on('plotly_click', event => {
    const places = event.points[0]?.customdata;
    if (places?.length) pick(places, plot);
  });
}

const looks = () => {
  const style = getComputedStyle(document.documentElement);
  const colour = name => style.getPropertyValue(`--${name}`).trim();
  return {ink: colour('ink'), quiet: colour('quiet'), line: colour('line'), paper: colour('paper'),
    worse: colour('bad'), better: colour('good'), accent: colour('accent')};
};

const frame = ({ink, line}) => ({
  paper_bgcolor: 'transparent', plot_bgcolor: 'transparent', dragmode: false, showlegend: false,
  hovermode: 'closest', bargap: 0.42, separators: ', ',
  font: {family: '"Source Sans 3", "Segoe UI", system-ui, sans-serif', size: 15, color: ink},
  margin: {l: 8, r: 8, t: 8, b: 40},
  xaxis: {fixedrange: true, gridcolor: line, zeroline: false},
  yaxis: {fixedrange: true, gridcolor: line, zeroline: false},
});

/** Names of rows: left of the bars, or above them where there is no room beside. */
function naming(labels, quiet) {
  const at = labels.map((_, n) => n);
  const axis = {fixedrange: true, range: [labels.length - 0.4, -0.75], tickvals: at, ticktext: labels.map(wrapped),
    automargin: true, showgrid: false, ticklabelstandoff: 12};
  if (!narrow.matches) return {yaxis: {...axis, range: [labels.length - 0.4, -0.6]}, annotations: []};
  return {
    yaxis: {...axis, showticklabels: false},
    annotations: labels.map((text, n) => ({
      x: 0, xref: 'paper', xanchor: 'left', y: n, yanchor: 'bottom', yshift: 11, showarrow: false,
      text: plain(text), font: {size: 14, color: quiet},
    })),
  };
}

/** What Plotly shows as these characters: it reads some markup. */
const plain = text => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function wrapped(text) {
  const rows = [''];
  for (const word of text.split(' ')) {
    if (rows.at(-1) && rows.at(-1).length + word.length > 30) rows.push('');
    rows[rows.length - 1] += (rows.at(-1) ? ' ' : '') + word;
  }
  return rows.map(plain).join('<br>');
}

const pattern = (worse, {paper}) => ({
  shape: worse.map(one => one ? '/' : ''), size: 7, solidity: 0.35, fgcolor: paper, fillmode: 'overlay',
});

/** A range with room for texts beside the bars. */
function spread(values) {
  const low = Math.min(0, ...values), high = Math.max(0, ...values), span = high - low || 1;
  const room = span * (narrow.matches ? 0.42 : 0.2);
  return [low - (low < 0 ? room : span * 0.03), high + (high > 0 ? room : span * 0.03)];
}

function bars({items}, look) {
  const worse = items.map(one => one.value < 0);
  const names = naming(items.map(one => one.label), look.quiet);
  return {
    data: [{
      type: 'bar', orientation: 'h', hoverinfo: 'none', y: items.map((_, n) => n), x: items.map(one => one.value),
      text: items.map(one => one.text), textposition: 'outside', cliponaxis: false, textangle: 0,
      constraintext: 'none', textfont: {color: look.ink}, customdata: items.map(one => one.places),
      marker: {color: worse.map(one => one ? look.worse : look.better), pattern: pattern(worse, look)},
    }],
    layout: {
      ...names,
      xaxis: {fixedrange: true, gridcolor: look.line, zeroline: true, zerolinecolor: look.ink, zerolinewidth: 1.5,
        range: spread(items.map(one => one.value)), showticklabels: false, showgrid: false},
      annotations: [...names.annotations, ...sides(items, look)],
    },
  };
}

/** Words at the foot for the two sides of zero. */
const sides = (items, {quiet}) => [[`← ${say('sämre')}`, 'right', -8, -1], [`${say('bättre')} →`, 'left', 8, 1]]
  .filter(([, , , side]) => items.some(one => one.value * side > 0))
  .map(([text, xanchor, xshift]) => ({
    x: 0, xref: 'x', xanchor, xshift, y: 0, yref: 'paper', yanchor: 'top', yshift: -8, text,
    showarrow: false, font: {color: quiet, size: 14},
  }));

function fall({start, steps, end}, look) {
  const every = [start, ...steps, end], worse = steps.map(one => one.worse);
  const at = steps.map((_, n) => n + 1);
  const ends = [start, ...steps.map(one => ({value: one.base + one.value})), end].map(one => one.value);
  const low = Math.min(...ends), high = Math.max(...ends), span = high - low || 1;
  const room = narrow.matches ? 0.5 : 0.25;
  const names = naming(every.map(one => one.label), look.quiet);
  const marks = one => [
    {type: 'scatter', mode: 'markers+text', hoverinfo: 'none', x: one.map(point => point.value),
      y: one.map(point => every.indexOf(point)), text: one.map(point => ` ${point.text}`),
      textposition: one.map(point => point.value > low + span / 2 ? 'middle left' : 'middle right'),
      textfont: {color: look.ink}, cliponaxis: false, customdata: one.map(point => point.places),
      marker: {symbol: 'diamond', size: 13, color: look.accent}},
  ];
  return {
    data: [
      {type: 'bar', orientation: 'h', hoverinfo: 'none', y: at, base: steps.map(one => one.base), x: steps.map(one => one.value),
        text: steps.map(one => one.text), textposition: 'outside', constraintext: 'none', cliponaxis: false, textangle: 0,
        textfont: {color: look.ink}, customdata: steps.map(one => one.places),
        marker: {color: worse.map(one => one ? look.worse : look.better), pattern: pattern(worse, look)}},
      ...marks([start, end]),
    ],
    layout: {
      ...names,
      xaxis: {fixedrange: true, showgrid: false, zeroline: false, showticklabels: false,
        range: [low - span * room, high + span * room]},
      shapes: ends.slice(0, -1).map((x, n) => ({
        type: 'line', x0: x, x1: x, y0: n + (n ? -0.29 : 0), y1: n + 1.29, line: {color: look.quiet, width: 1, dash: 'dot'},
      })),
    },
  };
}

function years({years: at, forecast, budget, outcome}, look) {
  const line = (items, extra) => ({
    type: 'scatter', mode: 'lines+markers', hoverinfo: 'none', x: at, y: items.map(one => one.value), cliponaxis: false,
    customdata: items.map(one => one.places), ...extra,
  });
  const told = (items, others) => items.map((one, n) => ({
    x: at[n], y: one.value, yshift: one.value > others[n].value || (one.value === others[n].value && items === outcome) ? 20 : -20,
    text: one.text, showarrow: false, font: {size: 14},
  }));
  const values = [...budget, ...outcome].map(one => one.value);
  const low = Math.min(...values), high = Math.max(...values), room = (high - low || Math.abs(high) || 1) * 0.3;
  return {
    data: [
      line(budget, {name: say('Budget'), line: {dash: 'dash', color: look.quiet, width: 2},
        marker: {symbol: 'diamond', size: 9, color: look.quiet}}),
      line(outcome, {name: say('Utfall'), line: {color: look.accent, width: 3},
        marker: {symbol: forecast.map(one => one ? 'circle-open' : 'circle'), size: 12, color: look.accent, line: {width: 3}}}),
    ],
    layout: {
      annotations: [...told(budget, outcome), ...told(outcome, budget)],
      xaxis: {fixedrange: true, tickvals: at, ticklabeloverflow: 'allow',
        ticktext: at.map((year, n) => forecast[n] ? say('{year}, prognos', {year}) : String(year)),
        showgrid: false, zeroline: false, range: [at[0] - 0.5, at.at(-1) + 0.5]},
      yaxis: {fixedrange: true, showticklabels: false, showgrid: false, zeroline: false, range: [low - room, high + room]},
      showlegend: true, legend: {orientation: 'h', x: 0, y: 1.12, itemclick: false, itemdoubleclick: false},
      margin: {l: 8, r: 8, t: 24, b: 48},
    },
  };
}

const KINDS = {bars, fall, years};

function repaint() {
  for (const [plot, again] of drawn) {
    if (!plot.isConnected) drawn.delete(plot);
    else if (plot.offsetParent) again();
  }
}
new MutationObserver(repaint).observe(document.documentElement, {attributeFilter: ['data-theme']});
narrow.addEventListener('change', repaint);

// Coverage: what of the contracts the calls have met, as a picture.
import {api, doing, el, world} from './api.js';

const $ = (id) => document.getElementById(id);

export async function show() {
  const all = $('covering').elements.all.checked;
  const got = await api('GET', all ? '/coverage' : '/coverage?world=' + encodeURIComponent(world()));
  $('covered').replaceChildren(...got.contracts.flatMap(contract));
}

function share(contract, name, {met, of}) {
  return el('tr', {}, el('th', {scope: 'row'}, name), el('td', {}, el('meter', {min: 0, max: of || 1, value: met, 'aria-label': `${name} of ${contract}`})),
    el('td', {}, `${met} of ${of}`));
}

function contract(c) {
  const statuses = [...new Set(c.operations.flatMap((op) => op.statuses.map((s) => s.status)))].sort();
  const head = el('tr', {}, el('th', {scope: 'col'}, 'Operation'), ...statuses.map((s) => el('th', {scope: 'col'}, String(s))), el('th', {scope: 'col'}, 'Parameters'));
  const rows = c.operations.map((op) => el('tr', {}, el('th', {scope: 'row'}, op.operation), ...statuses.map((status) => cell(op.statuses.find((s) => s.status === status))),
    el('td', {}, chips(op.parameters))));
  return [el('h3', {}, c.contract),
    el('table', {}, el('caption', {}, 'What was met'), el('tbody', {}, ...Object.entries(c.shares).map(([name, one]) => share(c.contract, name, one)))),
    el('details', {}, el('summary', {}, 'Operations by statuses and parameters'),
      el('div', {class: 'wide', tabindex: '0', role: 'region', 'aria-label': `Operations of ${c.contract}`},
        el('table', {class: 'cells'}, el('thead', {}, head), el('tbody', {}, ...rows)))),
    el('details', {}, el('summary', {}, 'Requirements'), chips(c.requirements))];
}

function cell(s) {
  if (!s) return el('td', {});
  if (!s.documented) return el('td', {class: 'extra'}, `${s.count} undocumented`);
  return el('td', {class: s.count ? 'met' : 'missed'}, s.count ? String(s.count) : 'not met');
}

function chips(all) {
  return el('ul', {class: 'chips'}, ...all.map(({name, count}) => el('li', {class: count ? 'met' : ''}, count ? `${name} ${count}×` : name)));
}

export function listen() { $('covering').addEventListener('submit', doing(show)); $('covering').elements.all.addEventListener('change', doing(show)); }

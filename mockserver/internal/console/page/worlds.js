// Worlds: fork, reset, snapshot, restore, delete; clock; faults; what is other.
import {api, doing, el, of, world, everyWorld, chooseWorld, refreshWorlds} from './api.js';

const $ = (id) => document.getElementById(id);
const values = (form) => Object.fromEntries(new FormData(form));

export async function show() {
  for (const form of ['restore', 'diff']) {
    const others = everyWorld().filter((id) => id !== world());
    const {from} = $(form).elements;
    const chosen = from.value;
    from.replaceChildren(el('option', {value: ''}, 'how the mock began'), ...others.map((id) => el('option', {value: id}, id)));
    if (others.includes(chosen)) from.value = chosen; // what is drawn anew is chosen still
    if (form === 'restore') from.required = false;
  }
  $('delete').disabled = world() === 'default';
  $('differences').replaceChildren();
  await Promise.all([clock(), faults(), kept()]);
}

// kept tells where the state is, and how much of the world's log is seen here.
async function kept() {
  const state = await api('GET', '/state');
  const own = state.worlds.find((one) => one.world === world());
  let text = state.engine === 'memory' ? 'Its state ends with the mock: it is in memory.' : `Its state is kept in ${state.engine}`;
  if (own) text += `: entry ${own.head}, ${own.lag ? own.lag + ' of them not seen here yet' : 'all seen here'}`;
  if (state.engine !== 'memory') text += state.healthy ? '.' : `. The store can't be used: ${state.why}`;
  $('state').textContent = text;
}

async function clock(set) {
  const now = set || await api('GET', of(world()) + '/clock');
  $('now').textContent = `${now.now} ${now.frozen ? 'stands' : 'goes at ' + now.scale}`;
  $('clock').elements.frozen.checked = now.frozen;
}

async function faults() {
  const all = (await api('GET', of(world()) + '/faults')).faults || [];
  $('faults').hidden = all.length === 0;
  $('no-faults').hidden = all.length > 0;
  $('faults').tBodies[0].replaceChildren(...all.map((fault) => {
    const {id, used, times_left: left, ...rest} = fault;
    const lift = doing(async () => { await api('DELETE', `${of(world())}/faults/${id}`); await faults(); }, `${id} is lifted`);
    return el('tr', {}, el('td', {}, id), el('td', {}, el('code', {}, JSON.stringify(rest))),
      el('td', {}, left === undefined ? String(used) : `${used}, ${left} left`),
      el('td', {}, el('button', {type: 'button', 'aria-label': 'Lift ' + id, onclick: lift}, 'Lift')));
  }));
}

function row(sign, text) { return el('pre', {tabindex: '0'}, sign + ' ' + text); }

function differences(diff) {
  const shown = [];
  for (const [contract, tables] of Object.entries(diff)) {
    for (const [table, d] of Object.entries(tables)) {
      shown.push(el('h4', {}, `${contract} ${table}`));
      for (const record of d.added || []) shown.push(row('+', JSON.stringify(record)));
      for (const record of d.removed || []) shown.push(row('−', JSON.stringify(record)));
      for (const {before, after} of d.changed || []) {
        const members = [...new Set([...Object.keys(before), ...Object.keys(after)])]
          .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
          .map((name) => `\n    ${name}: ${JSON.stringify(before[name])} → ${JSON.stringify(after[name])}`);
        shown.push(row('~', (after.id ?? after._id ?? '') + members.join('')));
      }
    }
  }
  return shown.length ? shown : [el('p', {class: 'dim'}, 'Nothing.')];
}

async function again() { await refreshWorlds(); await show(); }

function number(text) { return text === '' || text === undefined ? undefined : Number(text); }

export function listen() {
  $('fork').addEventListener('click', doing(async () => {
    const from = world();
    const made = await api('POST', of(from) + '/fork');
    await refreshWorlds();
    chooseWorld(made.id);
    return `${made.id} begins as ${from} is now`;
  }));
  $('reset').addEventListener('click', doing(async () => { await api('POST', of(world()) + '/reset'); await again(); return `${world()} is as the mock began`; }));
  $('delete').addEventListener('click', doing(async () => {
    const gone = world();
    await api('DELETE', of(gone));
    await refreshWorlds();
    chooseWorld('default');
    return `${gone} is deleted`;
  }));
  $('snapshot').addEventListener('submit', doing(async () => {
    const {name} = values($('snapshot'));
    await api('POST', of(world()) + '/snapshot', {name});
    await again();
    return `the state of ${world()} is kept as ${name}`;
  }));
  $('restore').addEventListener('submit', doing(async () => {
    const {from} = values($('restore'));
    await api('POST', of(world()) + '/restore', {from});
    await again();
    return `${world()} has the state of ${from || 'the start'}`;
  }));
  $('clock').addEventListener('submit', doing(async () => {
    const sent = values($('clock'));
    const order = {frozen: sent.frozen === 'on', scale: number(sent.scale)};
    if (order.scale) delete order.frozen;
    if (sent.now) order.now = sent.now;
    if (sent.advance) order.advance_ms = Math.round(Number(sent.advance) * 60000);
    await clock(await api('PUT', of(world()) + '/clock', order));
  }, 'the clock is set'));
  $('clock-back').addEventListener('click', doing(async () => clock(await api('DELETE', of(world()) + '/clock')), 'the clock is as worlds begin'));
  $('fault').addEventListener('submit', doing(async () => {
    const sent = values($('fault'));
    const [contract, operation] = sent.operation.split('/');
    const fault = {contract: contract || undefined, operation, status: number(sent.status), times: number(sent.times), break: sent.break || undefined};
    if (sent.delay) fault.delay = {ms: Number(sent.delay)};
    const made = await api('POST', of(world()) + '/faults', fault);
    await faults();
    return `${made.id} is there`;
  }));
  $('lift').addEventListener('click', doing(async () => { await api('DELETE', of(world()) + '/faults'); await faults(); }, 'nothing goes wrong on purpose any more'));
  $('diff').addEventListener('submit', doing(async () => {
    const from = values($('diff')).from;
    $('differences').replaceChildren(...differences((await api('GET', `${of(world())}/diff?from=${encodeURIComponent(from)}`)).diff));
  }));
}

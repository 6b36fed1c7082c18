// Journal: what the world was asked, as it happens, and what became of each request.
import {api, doing, el, headers, of, say, world} from './api.js';

const $ = (id) => document.getElementById(id);
const most = 200;
let hearing = null;
let turn = 0; // of the newest question: an answer that comes late is not shown

function query() {
  const asked = new URLSearchParams();
  for (const [name, value] of new FormData($('filter'))) if (value.trim()) asked.set(name, value.trim());
  return asked;
}

export async function show() {
  leave();
  const mine = ++turn;
  const got = await api('GET', `${of(world())}/requests?${new URLSearchParams([...query(), ['limit', most]])}`);
  if (mine !== turn) return;
  $('requests').tBodies[0].replaceChildren(...got.requests.reverse().map(line));
  if ($('live').checked) hear();
}

export function leave() { turn++; hearing?.abort(); hearing = null; }

// hear reads the server-sent events by hand: the browser's own reader sends no token.
async function hear() {
  const mine = hearing = new AbortController();
  const asked = query();
  asked.set('world', world());
  try {
    const answer = await fetch('/__admin/events?' + asked, {headers: headers(), signal: mine.signal});
    if (!answer.ok) throw new Error((await answer.json()).error);
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let rest = ''; ;) {
      const {done, value} = await reader.read();
      if (done) throw new Error('the mock tells of no more requests; filter again to listen again');
      const events = (rest + value).split('\n\n');
      rest = events.pop();
      for (const event of events) heard(event);
    }
  } catch (error) { if (!mine.signal.aborted) say(error.message, true); }
}

function heard(event) {
  const text = event.split('\n').find((one) => one.startsWith('data: '))?.slice(6);
  if (!text) return;
  if (event.includes('event: dropped')) { show(); return; }
  const body = $('requests').tBodies[0];
  body.prepend(line(JSON.parse(text)));
  while (body.rows.length > most) body.deleteRow(-1);
}

const tone = (status) => status < 400 ? 'good' : status < 500 ? 'odd' : 'bad';

function line(q) {
  const open = () => {
    for (const row of $('requests').tBodies[0].rows) row.classList.remove('chosen');
    made.classList.add('chosen');
    $('request').replaceChildren(...told(q));
    $('request').hidden = false;
    $('request').parentElement.classList.add('open');
    $('request').scrollIntoView({block: 'nearest'});
  };
  const made = el('tr', {}, el('td', {}, el('button', {type: 'button', class: 'mono', onclick: open}, `${q.method} ${q.path}`)),
    el('td', {class: tone(q.status)}, q.forced ? `${q.status} forced` : String(q.status)),
    el('td', {class: 'mono'}, q.operation || 'none'), el('td', {class: 'phone-off'}, q.persona || ''),
    el('td', {class: 'phone-off'}, `${q.at.slice(11, 19)}, ${(q.micros / 1000).toFixed(1)} ms`));
  return made;
}

function pretty(text) { try { return JSON.stringify(JSON.parse(text), null, 2); } catch { return text; } }

function side(title, headers_, body, size) {
  const lines = Object.entries(headers_ || {}).flatMap(([name, values]) => values.map((value) => `${name}: ${value}`)).sort().join('\n');
  return [el('h3', {}, title), el('pre', {tabindex: '0'}, lines + (body ? '\n\n' + pretty(body) : '')),
    body && size > body.length * 4 ? el('p', {class: 'dim'}, `the first of ${size} bytes`) : null];
}

function told(q) {
  const steps = (q.trace.steps || []).map((step) => el('li', {}, el('code', {}, step.name), ' ',
    el('span', {class: step.verdict === 'refused' ? 'bad' : ['ok', 'agreed', 'applied'].includes(step.verdict) ? 'good' : ''}, step.verdict)));
  const copy = doing(async () => { await navigator.clipboard.writeText(q.curl); }, 'the line is copied');
  return [el('h3', {}, `${q.method} ${q.path}: ${q.status}`),
    el('p', {}, `${q.contract} ${q.operation || '(no operation)'}${q.persona ? ' as ' + q.persona : ''} at ${q.at}, ${q.micros} µs${q.forced ? ', by ' + q.forced : ''}`),
    el('h3', {}, 'Stages, rules asked and verdicts'), steps.length ? el('ol', {class: 'steps'}, steps) : el('p', {class: 'dim'}, 'None.'),
    ...side('Request', q.headers, q.body, q.body_size), ...side('Answer', q.answer.headers, q.answer.body, q.answer.body_size),
    q.curl ? el('h3', {}, 'Again') : null, q.curl ? el('pre', {tabindex: '0'}, q.curl) : null,
    q.curl ? el('button', {type: 'button', onclick: copy}, 'Copy the line') : null].filter(Boolean);
}

export function listen() {
  $('filter').addEventListener('submit', doing(show));
  $('live').addEventListener('change', doing(show));
  $('forget').addEventListener('click', doing(async () => {
    await api('DELETE', '/requests?world=' + encodeURIComponent(world()));
    $('request').hidden = true;
    await show();
  }, 'the journal is empty'));
}

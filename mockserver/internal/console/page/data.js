// Data: the tables of a world with search, and a record's JSON.
import {api, doing, el, of, world} from './api.js';

const $ = (id) => document.getElementById(id);
const page = 50;
let next = 0;
let turn = 0; // of the newest question: an answer that comes late is not shown

export async function show() { next = 0; await list(); }

function brief(value) {
  const text = value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
  return text.length > 40 ? text.slice(0, 39) + '…' : text;
}

async function list() {
  const mine = ++turn;
  const form = $('search').elements;
  const [contract, table] = form.table.value.split('/');
  const path = `${of(world())}/data/${contract}/${table}`;
  const got = await api('GET', `${path}?${new URLSearchParams({search: form.search.value, limit: page, offset: next})}`);
  if (mine !== turn) return;
  const columns = [...new Set(got.records.flatMap(Object.keys))].slice(0, 6);
  const table_ = $('records');
  table_.caption.textContent = `${got.total} records of ${table} in ${world()}`;
  if (next === 0) {
    table_.tBodies[0].replaceChildren();
    table_.tHead.rows[0].replaceChildren(el('th', {scope: 'col'}, 'Record'), ...columns.map((c) => el('th', {scope: 'col'}, c)));
    $('record').hidden = true;
    $('record').parentElement.classList.remove('open');
  }
  got.records.forEach((record, i) => {
    const key = got.keys[i];
    const open = doing(async () => {
      const whole = await api('GET', `${path}/${encodeURIComponent(key)}`);
      $('record').hidden = false;
      $('record').parentElement.classList.add('open');
      $('record').querySelector('h3').textContent = `${table} ${key}`;
      $('record').querySelector('pre').textContent = JSON.stringify(whole, null, 2);
      $('record').scrollIntoView({block: 'nearest'});
    });
    table_.tBodies[0].append(el('tr', {}, el('td', {}, el('button', {type: 'button', onclick: open}, key)), ...columns.map((c) => el('td', {}, brief(record[c])))));
  });
  next += got.records.length;
  $('more').hidden = next >= got.total;
}

export function listen() {
  $('search').addEventListener('submit', doing(show));
  $('search').elements.table.addEventListener('change', doing(show));
  $('more').addEventListener('click', doing(list));
}

// The console: its views call the control API, and nothing else.
import {say, chooseWorld, onWorld, refreshWorlds} from './api.js';
import * as worlds from './worlds.js';
import * as data from './data.js';
import * as journal from './journal.js';
import * as coverage from './coverage.js';
import {watchPlan} from './plan.js';

const views = {worlds, data, journal, coverage};
let shown = null;

function show() {
  const name = location.hash.slice(1) in views ? location.hash.slice(1) : 'worlds';
  for (const [view, module] of Object.entries(views)) {
    document.getElementById(view).hidden = view !== name;
    if (view !== name && shown === view && module.leave) module.leave();
  }
  for (const link of document.querySelectorAll('nav a')) {
    if (link.getAttribute('href') === '#' + name) link.setAttribute('aria-current', 'page'); else link.removeAttribute('aria-current');
  }
  shown = name;
  return views[name].show().catch((error) => say(error.message, true));
}

document.getElementById('world').addEventListener('change', (event) => chooseWorld(event.target.value));
onWorld(() => { if (shown) show(); });
window.addEventListener('hashchange', show);

const token = document.getElementById('token');
token.addEventListener('submit', (event) => {
  event.preventDefault();
  sessionStorage.setItem('rollcall-token', token.elements.token.value);
  token.hidden = true;
  begin();
});

async function begin() {
  try {
    await refreshWorlds();
    say('');
    await show();
    await watchPlan();
  } catch (error) { say(error.message, true); }
}

for (const module of Object.values(views)) module.listen();
begin();

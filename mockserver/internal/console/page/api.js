// What all views need: calls, words for people, elements, and the world that is looked at.
const said = document.getElementById('said');

export function say(text, bad = false) {
  said.textContent = text;
  said.className = bad ? 'bad' : '';
}

export function headers() {
  const token = sessionStorage.getItem('rollcall-token');
  return token ? {Authorization: 'Bearer ' + token} : {};
}

// api calls the control API and gives what it answers; what it refuses is an error in its own words.
export async function api(method, path, body) {
  const options = {method, headers: headers()};
  if (body !== undefined) {
    options.headers['Content-Type'] = 'application/json';
    options.body = JSON.stringify(body);
  }
  const answer = await fetch('/__admin' + path, options);
  const text = await answer.text();
  if (answer.ok) return text ? JSON.parse(text) : null;
  let why = `${method} ${path} is answered ${answer.status}`;
  try { why = JSON.parse(text).error || why; } catch { /* no words */ }
  if (answer.status === 401) {
    const form = document.getElementById('token');
    form.hidden = false;
    form.elements.token.focus();
  }
  throw new Error(why);
}

// el makes an element; children are elements or texts, which are never read as markup.
export function el(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (key.startsWith('on')) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value === true ? '' : value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return made;
}

// doing runs what a person asked for, and says how it went.
export function doing(what, done) {
  return async (event) => {
    event?.preventDefault();
    try {
      const text = await what(event);
      say(text || done || '');
    } catch (error) { say(error.message, true); }
  };
}

export const of = (id) => '/worlds/' + encodeURIComponent(id);

const changed = [];
let current = sessionStorage.getItem('rollcall-world') || 'default';
let all = [];

export const world = () => current;
export const everyWorld = () => all;
export const onWorld = (then) => changed.push(then);

export function chooseWorld(id) {
  current = id;
  sessionStorage.setItem('rollcall-world', id);
  document.getElementById('world').value = id;
  for (const then of changed) then();
}

// refreshWorlds lists the worlds anew; the one that is looked at may be gone.
export async function refreshWorlds() {
  all = (await api('GET', '/worlds')).worlds;
  if (!all.includes(current)) current = 'default';
  document.getElementById('world').replaceChildren(...all.map((id) => el('option', {value: id, selected: id === current}, id)));
}

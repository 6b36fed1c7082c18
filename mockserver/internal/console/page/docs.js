// The documents, to be tried: Swagger UI calls the mock in the world that is chosen, as the
// persona whose button was pressed.
import {api, el, say, world, chooseWorld, refreshWorlds} from '/__admin/ui/api.js';

const contract = document.getElementById('contract');
const personas = document.getElementById('personas');
let ui = null;
let known = []; // the schemes that Authorize has

function here() {
  const chosen = contract.selectedOptions[0];
  return {name: chosen.dataset.name, prefix: chosen.value};
}

// request puts the world into what Swagger UI sends to the mock.
function request(sent) {
  if (new URL(sent.url, location.href).origin === location.origin) sent.headers['Rollcall-World'] = world();
  return sent;
}

async function load() {
  const {name, prefix} = here();
  const answer = await fetch(`${prefix}/openapi.json`);
  if (!answer.ok) throw new Error(`the mock does not serve the document of ${name}: it is answered ${answer.status}`);
  const document_ = await answer.json();
  document_.servers = [{url: location.origin + prefix, description: 'this mock'}];
  for (const item of Object.values(document_.paths)) {
    for (const operation of [item, ...Object.values(item)]) {
      for (const parameter of operation?.parameters || []) plain(document_, parameter);
    }
  }
  await new Promise((done) => {
    ui = window.SwaggerUIBundle({spec: document_, dom_id: '#swagger-ui', presets: [window.SwaggerUIBundle.presets.apis], validatorUrl: null,
      tryItOutEnabled: true, persistAuthorization: false, requestInterceptor: request, onComplete: done, defaultModelsExpandDepth: -1});
  });
  window.ui = ui; // as pages of Swagger UI have it
  const target = await api('GET', `/targets/${name}`);
  personas.replaceChildren(...Object.entries(target.personas).map(([who, {headers}]) => el('button', {type: 'button', 'aria-pressed': 'false',
    onclick: () => be(who, headers, document_)}, who)));
  if (target.personas.default) be('default', target.personas.default.headers, document_);
}

// plain takes example and default from a parameter that may be left out: Swagger UI would send every one of them.
function plain(document_, parameter) {
  const one = parameter.$ref ? document_.components.parameters[parameter.$ref.split('/').pop()] : parameter;
  if (one.required) return;
  delete one.example;
  delete one.examples;
  if (!one.schema) return;
  delete one.schema.example;
  if (one.schema.default === undefined) return;
  one.description = `${one.description || ''} Without it: ${JSON.stringify(one.schema.default)}.`;
  delete one.schema.default;
}

// be fills Authorize: every scheme of the document that the persona's headers are for.
function be(who, headers, document_) {
  if (known.length) ui.authActions.logout(known);
  known = [];
  for (const [name, scheme] of Object.entries(document_.components?.securitySchemes || {})) {
    const header = scheme.type === 'apiKey' ? scheme.name : 'Authorization';
    const value = Object.entries(headers).find(([known]) => known.toLowerCase() === header.toLowerCase())?.[1];
    if (!value) continue;
    ui.preauthorizeApiKey(name, scheme.type === 'http' ? value.replace(/^\S+ /, '') : value);
    known.push(name);
  }
  for (const button of personas.children) button.setAttribute('aria-pressed', String(button.textContent === who));
  say(`calls as ${who} in ${world()}`);
}

const tried = (what) => async (event) => { event?.preventDefault(); try { await what(); } catch (error) { say(error.message, true); } };

// Another document is another visit: two of them in one page share what Swagger UI is still reading.
contract.addEventListener('change', () => {
  personas.replaceChildren();
  location.hash = here().name;
  location.reload();
});
document.getElementById('world').addEventListener('change', (event) => { chooseWorld(event.target.value); say(`calls go to ${world()}`); });
document.getElementById('fork').addEventListener('click', tried(async () => {
  const made = await api('POST', '/worlds', {});
  await refreshWorlds();
  chooseWorld(made.id);
  say(`calls go to ${made.id}, which is as the mock began`);
}));

const begin = tried(async () => {
  const wanted = [...contract.options].find((option) => option.dataset.name === location.hash.slice(1));
  if (wanted) contract.value = wanted.value;
  await refreshWorlds();
  await load();
});
const token = document.getElementById('token');
token.addEventListener('submit', (event) => {
  event.preventDefault();
  sessionStorage.setItem('rollcall-token', token.elements.token.value);
  token.hidden = true;
  begin();
});
begin();

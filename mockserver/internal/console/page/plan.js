// Contracts that are read anew: what of their files is not in force, and which records no longer fit.
import {api, el} from './api.js';

const every = 3000; // ms
let again = null;

// watchPlan shows what is wrong with the files, now and whenever they change.
export async function watchPlan() {
  clearTimeout(again);
  const plan = await api('GET', '/plan');
  show(plan);
  if (plan.reloads) again = setTimeout(() => watchPlan().catch(() => {}), every);
}

function show(plan) {
  const lines = plan.problems.map((text) => el('pre', {}, text));
  if (lines.length) lines.unshift(el('p', {}, 'The files of the contract can\'t be served; what was served before stays in force:'));
  if (plan.unfit) lines.push(el('p', {}, `${plan.unfit} records no longer fit the document; the first is ${plan.misfits[0].table} ` +
    `${plan.misfits[0].id}: ${plan.misfits[0].pointer} ${plan.misfits[0].message}`));
  const box = document.getElementById('plan');
  box.hidden = !lines.length;
  box.replaceChildren(...lines);
}

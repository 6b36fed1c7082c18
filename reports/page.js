"use strict";
(() => {
  const form = document.getElementById("filter");
  const boxes = [...form.querySelectorAll("input[type=checkbox]")];
  const search = form.querySelector("input[type=search]");
  const selects = [...form.querySelectorAll("select")];
  const status = document.getElementById("shown");
  const groups = [...document.querySelectorAll("section.group")];
  const rows = [...document.querySelectorAll("tr[data-verdict]")].map(
    (row) => ({ row, verdict: row.dataset.verdict, level: [row.dataset.level], group: [row.dataset.group],
      operation: row.dataset.operations.trim().split(" "), text: row.textContent.toLowerCase() }));

  const apply = () => {
    const wanted = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    const words = search.value.toLowerCase().split(/\s+/);
    const chosen = selects.filter((select) => select.value);
    let shown = 0;
    for (const { row, verdict, text, ...of } of rows) {
      row.hidden = !wanted.has(verdict) || !words.every((word) => text.includes(word)) ||
        !chosen.every((select) => of[select.name].includes(select.value));
      if (!row.hidden) shown++;
    }
    for (const group of groups) group.hidden = !group.querySelector("tr[data-verdict]:not([hidden])");
    status.textContent = `${shown} of ${rows.length} shown`;
  };

  // A link to a requirement must work even when the filter hides its row.
  const reveal = () => {
    const row = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!row || !row.hidden) return;
    for (const box of boxes) box.checked = true;
    search.value = "";
    for (const select of selects) select.value = "";
    apply();
    row.scrollIntoView();
  };

  form.hidden = false;
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", reveal);
  apply();
  reveal();
})();

"use strict";
// Tables that are sorted, filtered, narrowed and copied. Without script they are plain tables.
const benchElement = (name, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
};
const benchData = (id) => {
  const script = document.getElementById(id);
  return script ? JSON.parse(script.textContent) : {};
};

(() => {
  const latex = benchData("latex-of-tables");
  const numeric = (text) => (text === "inf" ? Infinity : text === "-inf" ? -Infinity : Number(text));

  // By number in columns of numbers, else by text; gaps come last in both directions.
  const sortKey = (cell, isNumber) =>
    cell.dataset.value !== undefined ? numeric(cell.dataset.value)
      : isNumber || cell.classList.contains("missing") ? null : cell.textContent.trim();
  const compare = (left, right) =>
    typeof left === "number" && typeof right === "number" ? left - right
      : String(left).localeCompare(String(right), undefined, { numeric: true });

  const sortRows = (table, column, descending) => {
    const isNumber = table.tHead.rows[0].cells[column].classList.contains("number");
    const rows = [...table.tBodies[0].rows].map((row) => [sortKey(row.cells[column], isNumber), row]);
    rows.sort(([left], [right]) => {
      if (left === null || right === null) return (left === null) - (right === null);
      return descending ? compare(right, left) : compare(left, right);
    });
    table.tBodies[0].append(...rows.map(([, row]) => row));
  };

  const makeSortable = (table) => {
    const headers = [...table.tHead.rows[0].cells];
    headers.forEach((header, column) => {
      const name = header.querySelector(".name");
      const button = benchElement("button", { type: "button" });
      button.append(...name.childNodes);
      name.replaceChildren(button);
      button.addEventListener("click", () => {
        // A first click on a number column shows the largest first.
        const first = header.classList.contains("number") ? "descending" : "ascending";
        const other = first === "ascending" ? "descending" : "ascending";
        const order = header.getAttribute("aria-sort") === first ? other : first;
        headers.forEach((each) => each.removeAttribute("aria-sort"));
        header.setAttribute("aria-sort", order);
        sortRows(table, column, order === "descending");
      });
    });
  };

  const filterBox = (table) => {
    const box = benchElement("input", { type: "search", placeholder: "Filter rows" });
    box.setAttribute("aria-label", "Filter rows");
    box.addEventListener("input", () => {
      const wanted = box.value.trim().toLowerCase();
      for (const row of table.tBodies[0].rows) {
        row.hidden = wanted !== "" && !row.textContent.toLowerCase().includes(wanted);
      }
    });
    return box;
  };

  const columnMenu = (table) => {
    const menu = benchElement("div", { className: "menu" });
    [...table.tHead.rows[0].cells].forEach((header, column) => {
      if (column === 0) return;
      const box = benchElement("input", { type: "checkbox", checked: true });
      box.addEventListener("change", () => {
        for (const row of table.rows) row.cells[column].hidden = !box.checked;
      });
      menu.append(benchElement("label", {}, box, header.querySelector(".name").textContent));
    });
    return benchElement("details", {}, benchElement("summary", { textContent: "Columns" }), menu);
  };

  const copyText = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Pages opened as files may not use the clipboard in some browsers.
      const area = benchElement("textarea", { value: text });
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
  };

  const copyButton = (text) => {
    const button = benchElement("button", { type: "button", textContent: "Copy as LaTeX" });
    button.addEventListener("click", async () => {
      await copyText(text);
      button.textContent = "Copied";
      setTimeout(() => { button.textContent = "Copy as LaTeX"; }, 1500);
    });
    return button;
  };

  for (const part of document.querySelectorAll(".table")) {
    const table = part.querySelector("table");
    const tools = benchElement("div", { className: "tools" });
    if (table.tBodies[0].rows.length > 6) tools.append(filterBox(table));
    if (table.tHead.rows[0].cells.length > 2) tools.append(columnMenu(table));
    if (latex[part.id]) tools.append(copyButton(latex[part.id]));
    if (table.tBodies[0].rows.length > 1) makeSortable(table);
    if (tools.childElementCount > 0) part.prepend(tools);
  }

  // A link to a row in a folded appendix unfolds it.
  const unfold = () => {
    const target = location.hash && document.getElementById(location.hash.slice(1));
    const fold = target && target.closest("details.appendix");
    if (fold && !fold.open) {
      fold.open = true;
      target.scrollIntoView({ block: "center" });
    }
  };
  addEventListener("hashchange", unfold);
  unfold();

  const theme = benchElement("button", { type: "button", className: "tool", textContent: "Dark / light" });
  theme.addEventListener("click", () => {
    const root = document.documentElement;
    const isDark = root.dataset.theme ? root.dataset.theme === "dark"
      : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = isDark ? "light" : "dark";
    dispatchEvent(new Event("bench-theme"));
  });
  document.querySelector(".contents").append(theme);
})();

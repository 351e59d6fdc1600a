// Comfort only: everything on these pages can be read, and every form works, without this file.
// One plain script, because a module would not be loaded from a folder of files.
"use strict";
(() => {
  const number = (text) => {
    const found = text.replace(/,/g, "").replace(/−/g, "-").match(/-?\d+(\.\d+)?/);
    return found ? parseFloat(found[0]) : null;
  };

  const sortable = (table) => {
    const heads = [...table.querySelectorAll("thead th")];
    const body = table.tBodies[0];
    if (!body || body.rows.length < 4) return;
    heads.forEach((head) => {
      const column = head.cellIndex;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "plain";
      button.textContent = head.textContent;
      head.textContent = "";
      head.append(button);
      head.setAttribute("aria-sort", "none");
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        heads.forEach((one) => one.setAttribute("aria-sort", "none"));
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const rows = [...body.rows].map((row) => [row, row.cells[column].textContent.trim()]);
        const counted = rows.filter(([, text]) => number(text) !== null && /^[\d,.−-]/.test(text)).length * 2 > rows.length;
        const missing = (text) => (counted ? number(text) === null : text === "–" || text === "");
        rows.sort(([, a], [, b]) => {
          if (missing(a) !== missing(b)) return missing(a) ? 1 : -1; // what is not known stays below, whichever way
          const order = counted ? number(a) - number(b) : a.localeCompare(b, "en");
          return down ? -order : order;
        });
        rows.forEach(([row]) => body.append(row));
      });
    });
  };

  const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const grid = (list) => {
    const tiles = [...list.querySelectorAll("a")].map((link) => {
      const words = link.parentElement.className.split(" ");
      const at = (letter) => Number(words.find((word) => new RegExp(`^${letter}\\d+$`).test(word)).slice(1));
      return { link, col: at("c"), row: at("r") };
    });
    const take = (one) => {
      tiles.forEach((tile) => { tile.link.tabIndex = tile === one ? 0 : -1; });
      one.link.focus();
    };
    tiles.forEach((tile, i) => { tile.link.tabIndex = i ? -1 : 0; });
    list.addEventListener("keydown", (event) => {
      const here = tiles.find((tile) => tile.link === document.activeElement);
      if (!here || event.ctrlKey || event.metaKey || event.altKey) return;
      let next = null;
      if (event.key === "Home") next = tiles[0];
      else if (event.key === "End") next = tiles[tiles.length - 1];
      else if (steps[event.key]) {
        const [across, down] = steps[event.key];
        const ahead = (tile) => (tile.col - here.col) * across + (tile.row - here.row) * down;
        const beside = (tile) => Math.abs((tile.col - here.col) * down) + Math.abs((tile.row - here.row) * across);
        next = tiles.filter((tile) => ahead(tile) > 0 && beside(tile) <= ahead(tile))
          .sort((a, b) => ahead(a) + 2 * beside(a) - ahead(b) - 2 * beside(b))[0];
      }
      if (!next) return;
      event.preventDefault();
      take(next);
    });
  };

  const opened = [];
  window.addEventListener("beforeprint", () => {
    document.querySelectorAll("details:not([open])").forEach((one) => { one.open = true; opened.push(one); });
  });
  window.addEventListener("afterprint", () => { opened.splice(0).forEach((one) => { one.open = false; }); });

  document.querySelectorAll("table[data-sortable]").forEach(sortable);
  document.querySelectorAll("[data-grid]").forEach(grid);
})();

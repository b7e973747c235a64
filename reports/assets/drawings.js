// What a drawing says of a cell, a module or a dot: shown under the mouse, and read by arrow keys.
const benchTip = (() => {
  const tip = benchElement("div", { className: "tip", hidden: true });
  document.body.append(tip);
  // Beside a point of the window; without a text it goes away.
  return (text, x, y) => {
    tip.hidden = !text;
    if (!text) return;
    tip.textContent = text;
    const left = Math.min(x + 14, innerWidth - tip.offsetWidth - 8);
    const below = y + 14 + tip.offsetHeight < innerHeight;
    tip.style.setProperty("left", `${Math.max(left, 8)}px`);
    tip.style.setProperty("top", `${below ? y + 14 : Math.max(y - tip.offsetHeight - 8, 8)}px`);
  };
})();

(() => {
  const center = (part) => {
    const box = part.getBoundingClientRect();
    return [box.x + box.width / 2, box.y + box.height / 2];
  };

  // The part that lies nearest in the direction of an arrow key; parts beside the way count double.
  const neighbor = (parts, from, key) => {
    const [x, y] = center(from);
    const isAcross = key === "ArrowLeft" || key === "ArrowRight";
    const sign = key === "ArrowLeft" || key === "ArrowUp" ? -1 : 1;
    let best = null, nearest = Infinity;
    for (const part of parts) {
      const [otherX, otherY] = center(part);
      const ahead = sign * (isAcross ? otherX - x : otherY - y);
      const beside = Math.abs(isAcross ? otherY - y : otherX - x);
      if (part === from || ahead < 1 || ahead + 2 * beside >= nearest) continue;
      best = part;
      nearest = ahead + 2 * beside;
    }
    return best;
  };

  // One stop of the Tab key for the whole drawing; arrows go from part to part.
  const enliven = (drawing) => {
    const parts = [...drawing.querySelectorAll("rect, circle")].filter((part) => part.querySelector("title"));
    if (parts.length === 0) return;
    drawing.setAttribute("role", "group");
    drawing.classList.add("explorable");
    for (const part of parts) {
      part.setAttribute("role", "img");
      part.setAttribute("aria-label", part.querySelector("title").textContent);
      part.querySelector("title").remove();
      part.setAttribute("tabindex", part === parts[0] ? "0" : "-1");
      part.addEventListener("focus", () => benchTip(part.getAttribute("aria-label"), ...center(part)));
      part.addEventListener("blur", () => benchTip(""));
    }
    drawing.addEventListener("pointermove", (event) =>
      benchTip(event.target.getAttribute("aria-label"), event.clientX, event.clientY));
    drawing.addEventListener("pointerleave", () => benchTip(""));
    drawing.addEventListener("keydown", (event) => {
      if (event.key === "Escape") return benchTip("");
      if (!event.key.startsWith("Arrow")) return undefined;
      event.preventDefault();
      const next = neighbor(parts, event.target, event.key);
      if (!next) return undefined;
      event.target.setAttribute("tabindex", "-1");
      next.setAttribute("tabindex", "0");
      return next.focus();
    });
  };

  // Where charts are drawn by the library, their drawings are for print alone.
  const charted = typeof benchChartLibrary === "undefined" ? {} : benchData("chart-data");
  for (const figure of document.querySelectorAll("figure.chart")) {
    if (!charted[figure.id]) enliven(figure.querySelector("svg"));
  }
})();

// Images of one test image: all side by side, two under a slider, or their errors against the
// target. One zoom for all of them.
(() => {
  const clamp = (value, low, high) => Math.min(Math.max(value, low), high);

  const choice = (label, names, chosen, changed) => {
    const select = benchElement("select", {},
      ...names.map((name, index) => benchElement("option", { value: index, textContent: name })));
    select.value = chosen;
    select.addEventListener("change", () => changed(Number(select.value)));
    return benchElement("label", {}, label, select);
  };
  const range = (label, low, high, step, value, changed) => {
    const input = benchElement("input", { type: "range", min: low, max: high, step, value });
    input.addEventListener("input", () => changed(Number(input.value)));
    return benchElement("label", {}, label, input);
  };
  const overlay = (source) => benchElement("img", { className: "over", src: source, alt: "" });

  // The zoom keeps the middle; dragging moves all images together.
  const makeZoom = (figure) => {
    const state = { zoom: 1, x: 0.5, y: 0.5 };
    const show = () => {
      const shift = (middle) => `${clamp(0.5 - middle * state.zoom, 1 - state.zoom, 0) * 100}%`;
      figure.style.setProperty("--zoom", state.zoom);
      figure.style.setProperty("--pan-x", shift(state.x));
      figure.style.setProperty("--pan-y", shift(state.y));
      figure.classList.toggle("zoomed", state.zoom > 1);
    };
    figure.addEventListener("pointerdown", (down) => {
      const view = down.target.closest(".view");
      if (!view || state.zoom === 1) return;
      down.preventDefault();
      const start = { ...state }, box = view.getBoundingClientRect(), half = 0.5 / state.zoom;
      const move = (event) => {
        state.x = clamp(start.x - (event.clientX - down.clientX) / box.width / state.zoom, half, 1 - half);
        state.y = clamp(start.y - (event.clientY - down.clientY) / box.height / state.zoom, half, 1 - half);
        show();
      };
      const up = () => { removeEventListener("pointermove", move); removeEventListener("pointerup", up); };
      addEventListener("pointermove", move);
      addEventListener("pointerup", up);
    });
    return (zoom) => { state.zoom = zoom; show(); };
  };

  const makeWipe = (images, target) => {
    const view = benchElement("div", { className: "view" });
    const wipe = benchElement("div", { className: "wipe", hidden: true });
    const shown = { left: 0, right: target };
    const show = () => view.replaceChildren(
      benchElement("img", { src: images[shown.left].src, alt: images[shown.left].alt }),
      overlay(images[shown.right].src));
    const names = images.map((image) => image.alt);
    wipe.append(
      benchElement("div", { className: "tools" },
        choice("Left", names, shown.left, (index) => { shown.left = index; show(); }),
        choice("Right", names, shown.right, (index) => { shown.right = index; show(); })),
      view,
      range("", 0, 100, 0.5, 50, (percent) => wipe.style.setProperty("--wipe", `${percent}%`)));
    wipe.querySelector("input[type=range]").setAttribute("aria-label", "Where the two images meet");
    show();
    return wipe;
  };

  const setErrors = (figure, images, target, isOn) => {
    figure.classList.toggle("errors", isOn);
    for (const image of images) {
      image.parentElement.querySelectorAll(".over").forEach((over) => over.remove());
      if (isOn) image.parentElement.append(overlay(target.src));
    }
  };

  for (const figure of document.querySelectorAll("figure.comparison")) {
    const grid = figure.querySelector(".images");
    const images = [...grid.querySelectorAll("img")];
    if (images.length < 2) continue;
    const found = images.findIndex((each) => each.closest(".image").dataset.role === "target");
    const target = found < 0 ? images.length - 1 : found;
    const wipe = makeWipe(images, target);
    grid.after(wipe);
    const gain = range("Gain", 1, 20, 1, 4, (value) => figure.style.setProperty("--gain", value));
    gain.hidden = true;
    const modes = ["Side by side", "Slider", "Error against the target"];
    const tools = benchElement("div", { className: "tools" },
      choice("Show", found < 0 ? modes.slice(0, 2) : modes, 0, (mode) => {
        wipe.hidden = mode !== 1;
        grid.hidden = mode === 1;
        gain.hidden = mode !== 2;
        setErrors(figure, images, images[target], mode === 2);
      }),
      range("Zoom", 1, 8, 0.5, 1, makeZoom(figure)), gain);
    figure.prepend(tools);
  }
})();

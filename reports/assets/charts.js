// Interactive charts in the place of the drawings: hover, series on and off, zoom by dragging.
// Drawings stay for print, and where the charting library was not installed.
(() => {
  if (typeof benchChartLibrary === "undefined") return;
  const library = benchChartLibrary;
  Object.assign(library["vega-dataflow"].transforms, library["vega-transforms"],
    library["vega-view-transforms"], library["vega-encode"]);
  const figures = benchData("chart-data");
  // A series at the steps of one before it has that one's index for them.
  for (const { series = [] } of Object.values(figures)) {
    for (const each of series) {
      if (!Array.isArray(each.x)) each.x = series[each.x].x;
    }
  }
  const specs = benchChartSpecs;

  const showTip = (handler, event, item, text) => benchTip(text, event.clientX, event.clientY);

  const draw = (spec, place) => {
    place.replaceChildren();
    const font = getComputedStyle(document.body).fontFamily;
    const config = { background: null, axis: { labelFont: font, titleFont: font } };
    // Expressions are interpreted: the page's policy forbids compiling them.
    const runtime = library["vega-parser"].parse(spec, config, { ast: true });
    const view = new library["vega-view"].View(runtime, {
      renderer: "svg", expr: library["vega-interpreter"].expressionInterpreter, tooltip: showTip,
    });
    view.initialize(place).hover();
    view.runAsync();
    return view;
  };

  const zoomBy = (view, home, factor) => {
    for (const name of ["xDomain", "yDomain"]) {
      const isLog = view.scale(name[0]).type === "log" || typeof view.scale(name[0]).base === "function";
      const [low, high] = view.signal(name).map((value) => (isLog ? Math.log(value) : value));
      const middle = (low + high) / 2, half = (high - low) / 2 * factor;
      const domain = [middle - half, middle + half].map((value) => (isLog ? Math.exp(value) : value));
      view.signal(name, factor === 0 ? home[name] : domain);
    }
    view.runAsync();
  };

  // Dragging over the chart marks the part that is shown next; a double click shows all again.
  const makeZoomable = (place, current) => {
    const inside = (event) => {
      const { view } = current, box = place.querySelector("svg").getBoundingClientRect();
      const scale = (place.querySelector("svg").viewBox.baseVal.width || box.width) / box.width;
      const origin = view.origin(), padding = view.padding();
      return [(event.clientX - box.left) * scale - origin[0] - padding.left,
        (event.clientY - box.top) * scale - origin[1] - padding.top];
    };
    place.addEventListener("pointerdown", (down) => {
      if (down.button !== 0 || down.pointerType === "touch" || !place.querySelector("svg")) return;
      down.preventDefault();
      const start = inside(down), box = place.getBoundingClientRect();
      const rubber = benchElement("div", { className: "rubber" });
      place.append(rubber);
      const move = (event) => {
        const set = (name, value) => rubber.style.setProperty(name, `${value}px`);
        set("left", Math.min(down.clientX, event.clientX) - box.left);
        set("top", Math.min(down.clientY, event.clientY) - box.top);
        set("width", Math.abs(event.clientX - down.clientX));
        set("height", Math.abs(event.clientY - down.clientY));
      };
      const up = (event) => {
        removeEventListener("pointermove", move);
        removeEventListener("pointerup", up);
        rubber.remove();
        const end = inside(event);
        if (Math.abs(end[0] - start[0]) < 8 || Math.abs(end[1] - start[1]) < 8) return;
        ["x", "y"].forEach((name, i) => {
          const ends = [start[i], end[i]].map((pixel) => current.view.scale(name).invert(pixel));
          current.view.signal(`${name}Domain`, ends.sort((left, right) => left - right));
        });
        current.view.runAsync();
      };
      addEventListener("pointermove", move);
      addEventListener("pointerup", up);
    });
    place.addEventListener("dblclick", () => zoomBy(current.view, current.home, 0));
  };

  const zoomButtons = (currents) => [["Zoom in", 0.7], ["Zoom out", 1.4], ["Show all", 0]].map(([name, factor]) => {
    const button = benchElement("button", { type: "button", textContent: name });
    button.addEventListener("click", () => currents.forEach((each) => zoomBy(each.view, each.home, factor)));
    return button;
  });

  const panel = (live) => {
    const place = benchElement("div");
    const current = {
      show(spec) {
        current.home = Object.fromEntries(spec.signals.map((signal) => [signal.name, signal.value]));
        current.view = draw(spec, place);
      },
    };
    live.append(place);
    makeZoomable(place, current);
    return current;
  };

  const svgKey = (index, asDot) => {
    const name = (element, attributes) => {
      const made = document.createElementNS("http://www.w3.org/2000/svg", element);
      Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
      return made;
    };
    const key = name("svg", { viewBox: "0 0 22 10", "aria-hidden": "true" });
    key.append(asDot ? name("circle", { cx: 11, cy: 5, r: 4.5, class: `c${index % 8}` })
      : name("line", { x1: 0, y1: 5, x2: 22, y2: 5, class: `series c${index % 8} d${Math.floor(index / 8) % 4}` }));
    return key;
  };

  // Buttons that name the series and take them out.
  const keyButtons = (entries, asDots, changed) => {
    const shown = entries.map(() => true);
    const keys = benchElement("div", { className: "keys" });
    keys.setAttribute("role", "group");
    keys.setAttribute("aria-label", "Series shown");
    entries.forEach(({ label, style }, index) => {
      const button = benchElement("button", { type: "button", title: label }, svgKey(style, asDots), label);
      button.setAttribute("aria-pressed", "true");
      button.addEventListener("click", () => {
        shown[index] = !shown[index];
        button.setAttribute("aria-pressed", String(shown[index]));
        changed();
      });
      keys.append(button);
    });
    return { keys, shown };
  };

  const choice = (label, names, chosen, changed) => {
    const select = benchElement("select", {},
      ...names.map((name, index) => benchElement("option", { value: index, textContent: name })));
    select.value = chosen;
    select.addEventListener("change", () => changed(Number(select.value)));
    return benchElement("label", {}, label, select);
  };

  const makePlot = (figure, live) => {
    const isLines = figure.kind === "lines";
    const entries = isLines ? figure.series : figure.points;
    const { keys, shown } = keyButtons(entries, !isLines, () => redraw());
    const current = panel(live);
    const redraw = () => current.show(specs[figure.kind](figure, live.clientWidth, shown));
    live.prepend(benchElement("div", { className: "controls" }, keys,
      benchElement("div", { className: "tools" }, ...zoomButtons([current]))));
    return redraw;
  };

  const makePaired = (figure, live) => {
    const chosen = { x: figure.x, y: figure.y };
    const panels = benchElement("div", { className: "panels" });
    live.append(benchElement("div", { className: "tools" },
      choice("Up", figure.contestants, chosen.y, (index) => { chosen.y = index; redraw(); }),
      choice("Across", figure.contestants, chosen.x, (index) => { chosen.x = index; redraw(); })), panels);
    const scatter = panel(panels), histogram = panel(panels);
    live.querySelector(".tools").append(...zoomButtons([scatter, histogram]));
    const redraw = () => {
      const half = live.clientWidth > 640 ? (live.clientWidth - 20) / 2 : live.clientWidth;
      scatter.show(specs.pairedScatter(figure, half, chosen.x, chosen.y));
      histogram.show(specs.pairedHistogram(figure, half, chosen.x, chosen.y));
    };
    return redraw;
  };

  const redraws = [];
  const enliven = (element) => {
    const figure = figures[element.id];
    const live = benchElement("div", { className: "live" });
    element.querySelector(".still").after(live);
    element.classList.add("enhanced");
    const redraw = figure.kind === "paired_images" ? makePaired(figure, live) : makePlot(figure, live);
    redraw();
    redraws.push(redraw);
  };

  // A chart is made when it comes near the screen: a long report opens at once.
  const watcher = new IntersectionObserver((entries) => entries.forEach((entry) => {
    if (!entry.isIntersecting) return;
    watcher.unobserve(entry.target);
    enliven(entry.target);
  }), { rootMargin: "300px" });
  document.querySelectorAll("figure.chart").forEach((element) => {
    if (figures[element.id]) watcher.observe(element);
  });

  const redrawAll = () => redraws.forEach((redraw) => redraw());
  addEventListener("bench-theme", redrawAll);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redrawAll);
  let timer = 0, width = innerWidth;
  addEventListener("resize", () => {
    if (innerWidth === width) return;
    width = innerWidth;
    clearTimeout(timer);
    timer = setTimeout(redrawAll, 150);
  });
})();

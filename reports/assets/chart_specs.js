// From the data of a figure to a Vega specification. Colors are read from the style sheet, so
// that a chart looks like the drawing that it replaces.
const benchChartSpecs = (() => {
  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const color = (index) => css(`--c${index % 8}`);
  const dash = (index) => [[1, 0], [7, 4], [2, 3], [8, 3, 2, 3]][Math.floor(index / 8) % 4];

  const extent = (values, isLog) => {
    const shown = values.filter((value) => Number.isFinite(value) && (!isLog || value > 0));
    if (shown.length === 0) return isLog ? [1, 10] : [0, 1];
    let low = Math.min(...shown), high = Math.max(...shown);
    if (isLog) return [low / 1.15, high * 1.15];
    if (low === high) { low -= 0.5; high += 0.5; }
    const margin = 0.04 * (high - low);
    return [low - margin, high + margin];
  };

  const axis = (orient, scale, title) => ({
    orient, scale, title, grid: orient === "left", domain: orient === "bottom", ticks: orient === "bottom",
    gridColor: css("--hair"), domainColor: css("--soft"), tickColor: css("--soft"),
    labelColor: css("--soft"), titleColor: css("--soft"), labelFontSize: 12, titleFontSize: 12,
    titleFontWeight: "normal", labelPadding: 6, titlePadding: 8, labelOverlap: true, labelFlush: false,
    tickCount: orient === "left" ? 5 : { signal: "max(3, floor(width / 90))" }, format: undefined,
    ...(orient === "left"
      ? { titleAngle: 0, titleAlign: "left", titleAnchor: "end", titleX: -30, titleY: -12, titleBaseline: "bottom" }
      : {}),
  });

  // Axes in a clipped frame, whose domains are signals: zooming sets them.
  const plot = ({ x, y, xDomain, yDomain, width, height, data, marks }) => ({
    width, height, padding: { left: 4, right: 14, top: 8, bottom: 4 }, autosize: { type: "fit", contains: "padding" },
    signals: [{ name: "xDomain", value: xDomain }, { name: "yDomain", value: yDomain }],
    data,
    scales: [
      { name: "x", type: x.log ? "log" : "linear", domain: { signal: "xDomain" }, range: "width", zero: false },
      { name: "y", type: y.log ? "log" : "linear", domain: { signal: "yDomain" }, range: "height", zero: false },
    ],
    axes: [axis("left", "y", y.label), axis("bottom", "x", x.label)],
    marks: [{
      type: "group", clip: true,
      encode: { update: { width: { signal: "width" }, height: { signal: "height" } } },
      marks,
    }],
  });

  const at = (field, scale) => ({ scale, field });
  const number = (value) => (Number.isFinite(value) ? Number(value.toPrecision(5)).toString() : "∞");

  const lines = (figure, width, shown) => {
    const points = [], bands = [];
    figure.series.forEach((series, index) => {
      if (!shown[index]) return;
      series.x.forEach((x, i) => {
        const range = series.low.length ? `\n${number(series.low[i])} to ${number(series.high[i])}` : "";
        points.push({ index, x, y: series.y[i], tip: `${series.label}\n${number(x)}: ${number(series.y[i])}${range}` });
        if (series.low.length) bands.push({ index, x, low: series.low[i], high: series.high[i] });
      });
    });
    const styled = (rows) => rows.map((row) => ({ ...row, color: color(figure.series[row.index].style), dash: dash(figure.series[row.index].style) }));
    const facet = (data, mark) => ({
      type: "group", from: { facet: { name: `${data}Of`, data, groupby: "index" } },
      marks: [{ ...mark, from: { data: `${data}Of` } }],
    });
    const ys = figure.series.flatMap((series) => [...series.y, ...series.low, ...series.high]);
    return plot({
      x: figure.x, y: figure.y, width, height: 320,
      xDomain: extent(figure.series.flatMap((series) => series.x), figure.x.log), yDomain: extent(ys, figure.y.log),
      data: [{ name: "points", values: styled(points) }, { name: "bands", values: styled(bands) }],
      marks: [
        facet("bands", { type: "area", encode: { update: {
          x: at("x", "x"), y: at("low", "y"), y2: at("high", "y"), fill: { field: "color" }, fillOpacity: { value: 0.15 } } } }),
        facet("points", { type: "line", encode: { update: {
          x: at("x", "x"), y: at("y", "y"), stroke: { field: "color" }, strokeWidth: { value: 2 }, strokeDash: { field: "dash" } } } }),
        { type: "symbol", from: { data: "points" }, encode: {
          update: { x: at("x", "x"), y: at("y", "y"), size: { value: 90 }, fill: { field: "color" }, opacity: { value: 0 }, tooltip: { field: "tip" } },
          hover: { opacity: { value: 1 } } } },
      ],
    });
  };

  const scatter = (figure, width, shown) => {
    const points = figure.points.map((point, index) => ({
      ...point, index, color: color(point.style), low: point.y - (point.spread || 0), high: point.y + (point.spread || 0),
      tip: `${point.label}\n${figure.x.label}: ${number(point.x)}\n${figure.y.label}: ${number(point.y)}${point.spread ? ` ± ${number(point.spread)}` : ""}`,
    }));
    const front = points.filter((point) => point.front).sort((left, right) => left.x - right.x);
    return plot({
      x: figure.x, y: figure.y, width, height: 340,
      xDomain: extent(points.map((point) => point.x), figure.x.log),
      yDomain: extent(points.flatMap((point) => [point.low, point.high]), figure.y.log),
      data: [{ name: "points", values: points.filter((point) => shown[point.index]) }, { name: "front", values: front }],
      marks: [
        { type: "line", from: { data: "front" }, encode: { update: { x: at("x", "x"), y: at("y", "y"), stroke: { value: css("--soft") }, strokeDash: { value: [5, 4] } } } },
        { type: "rule", from: { data: "points" }, encode: { update: { x: at("x", "x"), y: at("low", "y"), y2: at("high", "y"), stroke: { field: "color" }, strokeWidth: { value: 1.5 } } } },
        { type: "symbol", from: { data: "points" }, encode: {
          update: { x: at("x", "x"), y: at("y", "y"), size: { value: 90 }, fill: { field: "color" }, tooltip: { field: "tip" } },
          hover: { size: { value: 180 } } } },
      ],
    });
  };

  const pairs = (figure, x, y) => figure.images
    .map((image, i) => ({ image, x: figure.values[x][i], y: figure.values[y][i] }))
    .filter((pair) => pair.x !== null && pair.y !== null);

  const pairedScatter = (figure, width, x, y) => {
    const points = pairs(figure, x, y).map((pair) => ({
      ...pair, tip: `${pair.image}\n${number(pair.x)} → ${number(pair.y)} (${number(pair.y - pair.x)})`,
    }));
    const domain = extent(points.flatMap((point) => [point.x, point.y]), false);
    return plot({
      x: { label: figure.contestants[x] }, y: { label: figure.contestants[y] }, width, height: width,
      xDomain: domain, yDomain: domain,
      data: [{ name: "points", values: points }, { name: "diagonal", values: domain.map((value) => ({ value })) }],
      marks: [
        { type: "line", from: { data: "diagonal" }, encode: { update: { x: at("value", "x"), y: at("value", "y"), stroke: { value: css("--soft") }, strokeDash: { value: [5, 4] } } } },
        { type: "symbol", from: { data: "points" }, encode: {
          update: { x: at("x", "x"), y: at("y", "y"), size: { value: 40 }, fill: { value: color(0) }, opacity: { value: 0.65 }, tooltip: { field: "tip" } },
          hover: { size: { value: 120 }, opacity: { value: 1 } } } },
      ],
    });
  };

  const roundStep = (width) => {
    const power = 10 ** Math.floor(Math.log10(width || 1));
    return power * ([1, 2, 5, 10].find((factor) => factor * power >= width * (1 - 1e-9)) || 10);
  };

  const pairedHistogram = (figure, width, x, y) => {
    const differences = pairs(figure, x, y).map((pair) => pair.y - pair.x);
    const low = Math.min(...differences), high = Math.max(...differences);
    const step = roundStep((high - low) / Math.min(Math.max(Math.sqrt(differences.length), 5), 30));
    const counts = new Map();
    for (const difference of differences) {
      const bin = Math.floor(difference / step);
      counts.set(bin, (counts.get(bin) || 0) + 1);
    }
    const bars = [...counts].map(([bin, count]) => ({
      left: bin * step, right: (bin + 1) * step, count,
      tip: `${number(bin * step)} to ${number((bin + 1) * step)}: ${count}`,
    }));
    return plot({
      x: { label: `difference, ${figure.value.label}` }, y: { label: "images" }, width, height: width,
      xDomain: extent(bars.flatMap((bar) => [bar.left, bar.right]), false),
      yDomain: [0, Math.max(1, ...bars.map((bar) => bar.count)) * 1.05],
      data: [{ name: "bars", values: bars }, { name: "zero", values: [{ value: 0 }] }],
      marks: [
        { type: "rect", from: { data: "bars" }, encode: {
          update: { x: { scale: "x", field: "left", offset: 0.5 }, x2: { scale: "x", field: "right", offset: -0.5 }, y: at("count", "y"), y2: { scale: "y", value: 0 }, fill: { value: color(0) }, opacity: { value: 0.75 }, tooltip: { field: "tip" } },
          hover: { opacity: { value: 1 } } } },
        { type: "rule", from: { data: "zero" }, encode: { update: { x: at("value", "x"), y: { value: 0 }, y2: { signal: "height" }, stroke: { value: css("--soft") }, strokeDash: { value: [5, 4] } } } },
      ],
    });
  };

  return { lines, scatter, pairedScatter, pairedHistogram, color, dash };
})();

// The drawing of a chart: slices, bars, lines and areas, as SVG made of elements.
// Owns shapes and where they stand, and the mark that each carries beside its colour. The figures themselves are in the chart's table and key.

const SPACE = "http://www.w3.org/2000/svg";
const [WIDE, HIGH] = [340, 190];
const [LEFT, RIGHT, TOP, BOTTOM] = [40, 6, 14, 22];
const MOST_FIGURES = 12;
const MOST_NAMES = 6;
const LETTERS = 11;
const HATCHES = ["", "M-1,7L7,-1M-1,1L1,-1M5,7L7,5", "M0,3H6", "M3,0V6", "M-1,-1L7,7M-1,5L1,7M5,-1L7,1", "M0,3H6M3,0V6", "M2,3h2"];

/** Draw a chart of any type; `series` and `categories` as Slack gives them, slices as one series. */
export function plot(kind, categories, series) {
  if (kind === "pie") return drawing(`0 0 ${HIGH} ${HIGH}`, "pie", slices(series[0].values));
  const scale = scaleOf(series);
  const marks = kind === "bar" ? bars(categories, series, scale) : lines(series, scale, kind === "area");
  return drawing(`0 0 ${WIDE} ${HIGH}`, kind, [...grid(scale), ...names(categories), ...marks]);
}

/** The mark of a series or slice, for the key: the dot of its line, else its colour with its hatching. */
export function sign(kind, at) {
  const isLine = kind === "line" || kind === "area";
  const shapes = isLine ? [s("path", { d: dot(at, 7, 7), class: `mark mark-${at}` })] : hatched("rect", { x: 0, y: 0, width: 14, height: 14 }, at);
  return s("svg", { viewBox: isLine ? "2 2 10 10" : "0 0 14 14", class: "swatch", "aria-hidden": "true" }, ...shapes);
}

/** A shape in its colour, and over it the lines or dots that tell it without colour. */
function hatched(tag, shape, at) {
  const pattern = HATCHES[at % HATCHES.length];
  const ground = s(tag, { ...shape, class: `mark mark-${at}` });
  if (!pattern) return [ground];
  hatching();
  return [ground, s(tag, { ...shape, class: "hatch", fill: `url(#hatch-${at % HATCHES.length})` })];
}

/** The hatchings of the page, made once: a pattern has one id for all charts. */
function hatching() {
  if (document.getElementById("hatches")) return;
  const made = HATCHES.flatMap((d, at) => (d ? [s("pattern", { id: `hatch-${at}`, width: 6, height: 6, patternUnits: "userSpaceOnUse" }, s("path", { d, class: "hatch-line" }))] : []));
  document.body.append(s("svg", { id: "hatches", width: 0, height: 0, class: "hatches", "aria-hidden": "true" }, ...made));
}

function drawing(viewBox, kind, children) {
  return s("svg", { viewBox, class: `plot plot-${kind}`, "aria-hidden": "true" }, ...children);
}

function s(tag, attributes, ...children) {
  const element = document.createElementNS(SPACE, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

function slices(values) {
  const whole = values.reduce((sum, value) => sum + value, 0);
  const [middle, radius] = [HIGH / 2, HIGH / 2 - 4];
  let turned = 0;
  return values.map((value, at) => {
    const [from, share] = [turned, value / whole];
    turned += share;
    if (share === 1) return hatched("circle", { cx: middle, cy: middle, r: radius }, at);
    const [one, other] = [from, turned].map((part) => onCircle(part, middle, radius));
    const path = `M${middle},${middle}L${one}A${radius},${radius},0,${share > 0.5 ? 1 : 0},1,${other}Z`;
    return hatched("path", { d: path }, at);
  }).flat();
}

function onCircle(part, middle, radius) {
  const angle = 2 * Math.PI * part - Math.PI / 2;
  return `${middle + radius * Math.cos(angle)},${middle + radius * Math.sin(angle)}`;
}

/** A scale over all values that begins at nought and has a few round steps. */
function scaleOf(series) {
  const values = series.flatMap((one) => one.values).filter((value) => value !== null);
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  const rough = (high - low || 1) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((one) => one * power).find((one) => one >= rough);
  const [from, to] = [Math.floor(low / step) * step, Math.ceil((high || 1) / step) * step];
  const up = (value) => TOP + (HIGH - TOP - BOTTOM) * (1 - (value - from) / (to - from));
  const ticks = Array.from({ length: Math.round((to - from) / step) + 1 }, (_none, at) => from + at * step);
  return { up, ticks };
}

function grid({ up, ticks }) {
  return ticks.flatMap((tick) => [
    s("line", { x1: LEFT, x2: WIDE - RIGHT, y1: up(tick), y2: up(tick), class: tick === 0 ? "axis" : "grid-line" }),
    s("text", { x: LEFT - 5, y: up(tick) + 4, class: "plot-text at-end" }, figure(tick)),
  ]);
}

/** Names of categories under the plot; where they are many, of every so many. */
function names(categories) {
  const every = Math.ceil(categories.length / MOST_NAMES);
  return categories.flatMap((name, at) => {
    if (at % every) return [];
    const short = name.length > LETTERS ? `${name.slice(0, LETTERS - 1)}…` : name;
    return [s("text", { x: across(at + 0.5, categories.length), y: HIGH - 6, class: "plot-text in-middle" }, short)];
  });
}

function across(at, count) {
  return LEFT + ((WIDE - LEFT - RIGHT) * at) / count;
}

function bars(categories, series, { up }) {
  const wide = ((across(1, categories.length) - LEFT) * 0.76) / series.length;
  const isFew = categories.length * series.length <= MOST_FIGURES;
  return series.flatMap((one, row) =>
    one.values.flatMap((value, at) => {
      if (value === null) return [];
      const x = across(at + 0.5, categories.length) + wide * (row - series.length / 2);
      const [y, height] = [Math.min(up(value), up(0)), Math.abs(up(value) - up(0))];
      const bar = hatched("rect", { x, y, width: Math.max(1, wide - 1.5), height }, row);
      const text = s("text", { x: x + wide / 2, y: y - 3, class: "plot-text in-middle" }, figure(value));
      return isFew ? [...bar, text] : bar;
    }),
  );
}

function lines(series, { up }, isArea) {
  return series.flatMap((one, row) => {
    const points = one.values.flatMap((value, at) => (value === null ? [] : [[across(at + 0.5, one.values.length), up(value)]]));
    const path = points.map((point) => point.join(",")).join(" ");
    const ground = `${points[0]?.[0]},${up(0)} ${path} ${points.at(-1)?.[0]},${up(0)}`;
    return [
      ...(isArea && points.length ? [s("polygon", { points: ground, class: `area mark-${row}` })] : []),
      s("polyline", { points: path, class: `line line-${row}` }),
      ...points.map(([x, y]) => s("path", { d: dot(row, x, y), class: `mark mark-${row}` })),
    ];
  });
}

/** Dots of four shapes in turn, so that lines differ by more than colour. */
function dot(row, x, y) {
  return [
    `M${x - 3},${y}a3,3,0,1,0,6,0a3,3,0,1,0,-6,0`,
    `M${x - 3},${y - 3}h6v6h-6z`,
    `M${x},${y - 4}l4,7h-8z`,
    `M${x},${y - 4}l4,4l-4,4l-4,-4z`,
  ][row % 4];
}

/** A figure as it is written; nothing is rounded away that was given. */
export function figure(value) {
  return value.toLocaleString("en-GB", { maximumFractionDigits: 6 });
}

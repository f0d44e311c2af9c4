// A chart: its title, its drawing, a key with the figures, and a table for those who hear it.

import { h } from "../dom.js";
import { figure, plot, sign } from "./plot.js";
import { plainTable } from "./table.js";

const SHOWN_IN_KEY = 12;

export function chart(block, { level }) {
  const found = read(block.chart);
  const { x_label: along, y_label: up } = block.chart.axis_config ?? {};
  const axes = [up && `Up: ${up}`, along && `Along: ${along}`].filter(Boolean).join(". ");
  return h(
    "figure",
    { class: "chart" },
    h("figcaption", {}, h(`h${level}`, { class: "block-title small" }, block.title), axes && h("p", { class: "soft" }, axes)),
    h("div", { class: "chart-drawn", "aria-hidden": "true" }, plot(block.chart.type, found.categories, found.series), key(found, block.chart.type)),
    h("div", { class: "unseen" }, plainTable(rows(found, along), block.title)),
  );
}

/** The chart's figures in one form: a pie is one series whose categories are its slices. */
function read({ segments, series, axis_config: axes }) {
  if (segments) return { categories: segments.map((one) => one.label), series: [{ name: "Figure", values: segments.map((one) => one.value) }], isPie: true };
  const categories = axes?.categories ?? series[0].data.map((point) => point.label);
  const valueAt = (one, label) => one.data.find((point) => point.label === label)?.value ?? null;
  return { categories, series: series.map((one) => ({ name: one.name, values: categories.map((label) => valueAt(one, label)) })) };
}

/** What each colour and mark stands for; with its figure and share where the chart is a pie. */
function key({ categories, series, isPie }, kind) {
  if (!isPie && series.length === 1) return h("p", { class: "chart-key" }, entry(kind, 0, series[0].name));
  const [values] = [series[0].values];
  const whole = values.reduce((sum, value) => sum + value, 0);
  const words = isPie ? categories.map((name, at) => `${name}: ${figure(values[at])} (${Math.round((100 * values[at]) / whole)}%)`) : series.map((one) => one.name);
  return h("ul", { class: "chart-key" }, words.slice(0, SHOWN_IN_KEY).map((text, at) => h("li", {}, entry(kind, at, text))));
}

function entry(kind, at, text) {
  return [sign(kind, at), h("span", {}, text)];
}

function rows({ categories, series }, along) {
  const written = (value) => (value === null ? "none" : figure(value));
  return [[along || "What", ...series.map((one) => one.name)], ...categories.map((name, at) => [name, ...series.map((one) => written(one.values[at]))])];
}

// Charts as tables: the figures themselves, which every reader can read.

import { h } from "../dom.js";
import { plainTable } from "./table.js";

export function chart(block, { level }) {
  return [h(`h${level}`, { class: "block-title small" }, block.title), plainTable(rows(block.chart), block.title)];
}

function rows(found) {
  if (found.segments) return [["", "Value"], ...found.segments.map((one) => [one.label, one.value])];
  const names = found.series.map((one) => one.name);
  const categories = found.axis_config?.categories ?? found.series[0].data.map((point) => point.label);
  const value = (series, label) => series.data.find((point) => point.label === label)?.value ?? "";
  const body = categories.map((label) => [label, ...found.series.map((series) => value(series, label))]);
  return [[found.axis_config?.x_label ?? "", ...names], ...body];
}

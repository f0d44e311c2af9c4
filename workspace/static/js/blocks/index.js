// Which block is drawn by which file, and drawing again only the blocks that changed.

import { h, settle } from "../dom.js";
import { keepFocus } from "../focus.js";
import { actions } from "./actions.js";
import { chart } from "./chart.js";
import { input } from "./input.js";
import { file, image, video } from "./media.js";
import { rich } from "./rich.js";
import { dataTable, table } from "./table.js";
import { alert, context, divider, header, markdown, section, unknown } from "./text.js";

const DRAWERS = {
  actions, alert, context, data_table: dataTable, data_visualization: chart, divider, file, header,
  image, input, markdown, rich_text: rich, section, table, video,
};

/**
 * Draw blocks into a container. Blocks that are as they were keep their elements, so what is being
 * typed and where the focus is stay; `level` is the level of headings, `errors` say what is wrong
 * in which input.
 */
export function drawBlocks(container, blocks, surface, { level = 3, errors = {} } = {}) {
  const old = new Map([...container.children].map((node) => [node.dataset.block, node]));
  keepFocus(container, () => {
    const nodes = blocks.map((block) => kept(old.get(block.block_id), block, surface) ?? drawn(block, surface, level));
    settle(container, nodes);
  });
  for (const node of container.children) node.says?.(errors[node.dataset.block] ?? "");
}

function kept(node, block, surface) {
  if (!node || node.drawnFrom !== JSON.stringify(block)) return null;
  return node.contains(document.activeElement) || surface.agrees(block) ? node : null;
}

function drawn(block, surface, level) {
  const draw = DRAWERS[block.type] ?? unknown;
  const node = h("div", { class: `block block-${block.type}`, data: { block: block.block_id } });
  node.append(...[draw(block, { surface, level, owner: node })].flat().filter(Boolean));
  node.drawnFrom = JSON.stringify(block);
  return node;
}

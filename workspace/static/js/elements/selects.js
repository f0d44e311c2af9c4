// The five kinds of menu, for one and for several: static, external, people, conversations, channels.
// Owns where their options come from; the field itself is the combobox.

import { confirmed } from "../confirm.js";
import { h } from "../dom.js";
import { words } from "../mrkdwn.js";
import { Combobox } from "./combobox.js";

const QUERY_LENGTH = 3;
const PAUSE_MS = 250;

/** Build a menu of any kind. */
export function select(element, context) {
  const { block, surface, id, names } = context;
  const many = element.type.startsWith("multi_");
  const source = SOURCES[element.type.replace("multi_", "").replace("_select", "")];
  const box = new Combobox({
    id,
    many,
    names,
    clears: block.type === "input",
    most: element.max_selected_items ?? Infinity,
    placeholder: words(element.placeholder) || (many ? "Choose some" : "Choose"),
    find: source.find(element, context),
    chosen: chosenNow(source, element, context, many),
    changed: (chosen) => send(chosen),
  });

  async function send(chosen) {
    const value = many ? chosen.map((option) => option.value) : (chosen?.value ?? null);
    if ((await confirmed(element, surface.page.nameOf)) && (await surface.hold(block, element, value))) return;
    box.chosen = chosenNow(source, element, context, many);
    box.draw();
  }

  context.reads(() => (many ? box.chosen.map((option) => option.value) : (box.chosen?.value ?? null)));
  return h("div", { class: "control", data: { action: element.action_id } }, box.node);
}

function chosenNow(source, element, { block, surface }, many) {
  const value = surface.value(block, element);
  if (many) return (value ?? []).map((one) => source.known(one, surface.page));
  return value === null ? null : source.known(value, surface.page);
}

/** Options whose words hold what was typed. */
function matching(options, query) {
  const wanted = query.trim().toLowerCase();
  const found = options.filter((option) => `${option.label} ${option.about ?? ""}`.toLowerCase().includes(wanted));
  return { options: found };
}

function offered(option, group) {
  return { value: option.value, label: words(option.text), about: words(option.description), group };
}

function listed(element) {
  const grouped = (element.option_groups ?? []).flatMap((group) => group.options.map((option) => offered(option, words(group.label))));
  return [...(element.options ?? []).map((option) => offered(option)), ...grouped];
}

function person(one) {
  return { value: one.id, label: one.name, about: one.title };
}

function channel(one) {
  return { value: one.id, label: one.is_dm ? one.name : `#${one.name}` };
}

function withPause(work) {
  let timer = 0;
  return (query) =>
    new Promise((resolve, reject) => {
      clearTimeout(timer);
      timer = setTimeout(() => work(query).then(resolve, reject), PAUSE_MS);
    });
}

function external(element, { block, surface }) {
  const least = element.min_query_length ?? QUERY_LENGTH;
  const ask = withPause(async (query) => {
    const options = await surface.suggest(block, element, query);
    return { options: options.map((option) => offered(option)) };
  });
  return (query) => {
    const note = `Type at least ${least === 1 ? "1 letter" : `${least} letters`} to search`;
    return query.trim().length < least ? { options: [], note } : ask(query.trim());
  };
}

const SOURCES = {
  static: { find: (element) => (query) => matching(listed(element), query), known: (option) => offered(option) },
  external: { find: external, known: (option) => offered(option) },
  users: {
    find: (_element, { surface }) => (query) => matching(surface.page.present().map(person), query),
    known: (id, page) => ({ value: id, label: page.nameOf(id) }),
  },
  conversations: {
    find: (_element, { surface }) => (query) => matching(surface.page.channels.map(channel), query),
    known: (id, page) => ({ value: id, label: page.nameOf(id) }),
  },
  channels: {
    find: (_element, { surface }) => (query) => matching(surface.page.channels.filter((one) => !one.is_dm).map(channel), query),
    known: (id, page) => ({ value: id, label: `#${page.nameOf(id)}` }),
  },
};

// Making elements. Text goes in as text nodes only, so no datum can become markup.

let count = 0;

/** Give an id no other element has. */
export function uid(stem) {
  count += 1;
  return `${stem}-${count}`;
}

/**
 * Make an element. `attributes` are set as given; null, undefined and false leave one out.
 * `on` holds listeners by event, `data` holds data attributes. Children are nodes or text.
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  const { on = {}, data = {}, ...plain } = attributes;
  for (const [name, value] of Object.entries(plain)) set(element, name, value);
  for (const [name, value] of Object.entries(data)) set(element, `data-${name}`, value);
  for (const [event, listener] of Object.entries(on)) element.addEventListener(event, listener);
  element.append(...solid(children));
  return element;
}

function set(element, name, value) {
  if (value === null || value === undefined || value === false) return;
  element.setAttribute(name, value === true ? "" : String(value));
}

function solid(children) {
  return children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);
}

/** Text for screen readers only. */
export function unseen(text) {
  return h("span", { class: "unseen" }, text);
}

/** Find an element of the shell. */
export function part(id) {
  return document.getElementById(id);
}

/** Make `nodes` the children of a container, without moving those that stand right already. */
export function settle(container, nodes) {
  const wanted = new Set(nodes);
  for (const node of [...container.children]) if (!wanted.has(node)) node.remove();
  let next = container.firstElementChild;
  for (const node of nodes) {
    if (node === next) next = next.nextElementSibling;
    else container.insertBefore(node, next);
  }
}

/** Say that an element is busy, and refuse a second press, without losing the focus. */
export async function whileBusy(element, work) {
  if (element.getAttribute("aria-disabled") === "true") return;
  element.setAttribute("aria-disabled", "true");
  element.setAttribute("aria-busy", "true");
  try {
    await work();
  } finally {
    element.removeAttribute("aria-disabled");
    element.removeAttribute("aria-busy");
  }
}

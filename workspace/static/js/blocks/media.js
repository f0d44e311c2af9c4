// Pictures, files and films. The page loads nothing from other addresses, so what is kept elsewhere
// is described and linked.

import { h } from "../dom.js";
import { icon } from "../icons.js";
import { link, words } from "../mrkdwn.js";

const PICTURES = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);

export function image(block) {
  const title = words(block.title);
  return h("figure", {}, title && h("figcaption", {}, title), picture(block, "large"));
}

/** A picture of any size, or what it shows in words. */
export function picture(element, size) {
  const url = element.image_url ?? urlOf(element.slack_file ?? {});
  if (isOwn(url)) return h("img", { src: url, alt: element.alt_text, class: `picture ${size}` });
  if (size === "tiny") return h("span", { class: "context-text" }, element.alt_text);
  return h("span", { class: `picture-words ${size}` }, icon("page"), url ? link(url, element.alt_text) : element.alt_text);
}

function urlOf({ id, url }) {
  return id ? `/files/${encodeURIComponent(id)}` : (url ?? "");
}

function isOwn(url) {
  try {
    return new URL(url, location.href).origin === location.origin || url.startsWith("data:image/");
  } catch {
    return false;
  }
}

export function file(block) {
  return h("p", { class: "file" }, icon("page"), `File ${block.external_id}`);
}

export function video(block) {
  const title = words(block.title);
  return h("p", { class: "file" }, icon("page"), block.title_url ? link(block.title_url, title) : title, ` ${block.alt_text}`);
}

/** The files of a message: pictures as such, all with name, kind and size, to download. */
export function files(found) {
  if (!found.length) return null;
  const rows = found.map((one) => {
    const name = one.title || one.name;
    const url = one.url_private ?? "";
    const about = [one.title && one.title !== one.name && one.name, one.pretty_type, sizeOf(one.size)].filter(Boolean).join(", ");
    const words = h("span", { class: "file-words" }, link(url, name), h("span", { class: "soft" }, about));
    if (!PICTURES.has(one.mimetype) || !isOwn(url)) return h("li", { class: "file" }, icon("page"), words);
    return h("li", { class: "file file-picture" }, h("img", { src: url, alt: one.alt_txt || name, class: "picture large" }), words);
  });
  return h("ul", { class: "files", "aria-label": "Files" }, rows);
}

function sizeOf(bytes) {
  if (!bytes) return "";
  if (bytes < 1024) return `${bytes} bytes`;
  return bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

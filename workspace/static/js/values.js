// What elements hold: reading Slack's state entries, and telling what was typed from what was there.

const KEYS = {
  plain_text_input: ["value", "initial_value"],
  number_input: ["value", "initial_value"],
  email_text_input: ["value", "initial_value"],
  url_text_input: ["value", "initial_value"],
  rich_text_input: ["rich_text_value", "initial_value"],
  datepicker: ["selected_date", "initial_date"],
  timepicker: ["selected_time", "initial_time"],
  datetimepicker: ["selected_date_time", "initial_date_time"],
  static_select: ["selected_option", "initial_option"],
  external_select: ["selected_option", "initial_option"],
  users_select: ["selected_user", "initial_user"],
  conversations_select: ["selected_conversation", "initial_conversation"],
  channels_select: ["selected_channel", "initial_channel"],
  radio_buttons: ["selected_option", "initial_option"],
  checkboxes: ["selected_options", "initial_options"],
  multi_static_select: ["selected_options", "initial_options"],
  multi_external_select: ["selected_options", "initial_options"],
  multi_users_select: ["selected_users", "initial_users"],
  multi_conversations_select: ["selected_conversations", "initial_conversations"],
  multi_channels_select: ["selected_channels", "initial_channels"],
  file_input: ["files", "initial_files"],
};

/** What a state entry holds as Slack gives it: text, an option, an id, a list, or null. */
export function held(entry) {
  return entry ? (entry[KEYS[entry.type]?.[0]] ?? null) : null;
}

/** The same, bare: option values instead of options; empty text and empty lists are null. */
export function bare(value) {
  if (Array.isArray(value)) return value.length ? value.map(bare).sort() : null;
  if (value && typeof value === "object" && "value" in value) return value.value;
  if (value && typeof value === "object" && "mimetype" in value) return value.id;
  return value === "" || value === undefined ? null : value;
}

/** Tell whether two held values are the same. */
export function same(one, other) {
  return JSON.stringify(bare(one)) === JSON.stringify(bare(other));
}

/** Every element of a view's blocks that can hold something, with its block. */
function holders(blocks) {
  return blocks.flatMap((block) =>
    [block.element, block.accessory, ...(block.elements ?? [])]
      .filter((element) => element && KEYS[element.type])
      .map((element) => ({ block, element })),
  );
}

/** Tell whether a person typed or chose anything since a view was shown. */
export function isTouched(view) {
  return holders(view.blocks).some(({ block, element }) => {
    const now = held(view.state?.[block.block_id]?.[element.action_id]);
    return !same(now, element[KEYS[element.type][1]] ?? null);
  });
}

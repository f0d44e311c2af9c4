// The few emoji names that apps of this kind use. A name not listed stays as it was written.

const EMOJI = {
  bangbang: "‼️", bar_chart: "📊", bell: "🔔", black_square_button: "🔲", blue_heart: "💙", bulb: "💡",
  calendar: "📆", chart_with_downwards_trend: "📉", chart_with_upwards_trend: "📈", clipboard: "📋",
  clock9: "🕘", construction: "🚧", date: "📅", exclamation: "❗", eyes: "👀", file_folder: "📁",
  hand: "✋", heart: "❤️", heavy_check_mark: "✔️", heavy_minus_sign: "➖", heavy_plus_sign: "➕",
  hourglass: "⌛", hourglass_flowing_sand: "⏳", house: "🏠", information_source: "ℹ️", large_blue_circle: "🔵",
  large_green_circle: "🟢", large_orange_circle: "🟠", large_yellow_circle: "🟡", link: "🔗", lock: "🔒",
  mag: "🔍", memo: "📝", moneybag: "💰", no_entry: "⛔", ok_hand: "👌", page_facing_up: "📄", paperclip: "📎",
  pencil: "✏️", pencil2: "✏️", point_right: "👉", pushpin: "📌", question: "❓", red_circle: "🔴",
  rotating_light: "🚨", slightly_smiling_face: "🙂", smile: "😄", sparkles: "✨", speech_balloon: "💬",
  star: "⭐", tada: "🎉", thumbsdown: "👎", thumbsup: "👍", "+1": "👍", "-1": "👎", thinking_face: "🤔",
  warning: "⚠️", wave: "👋", white_check_mark: "✅", white_circle: "⚪", x: "❌", zzz: "💤",
};

/** Put the emoji in for names between colons. */
export function withEmoji(text) {
  return text.replace(/:([a-z0-9_+-]+):/g, (written, name) => EMOJI[name] ?? written);
}

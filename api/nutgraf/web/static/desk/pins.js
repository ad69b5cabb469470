// The two buttons that pin a sentence or leave it out, wherever it is shown, and the keys that do the same.
import { icon, make } from "./dom.js";
import { announce, toast } from "./status_messages.js";
import { isMarked, mark, undoMark } from "./state.js";
import { t } from "./strings.js";

const VERBS = { pin: ["pin", "unpin"], ban: ["ban", "unban"] };

/** The buttons for a sentence; `where` keeps the focus when the pane is filled anew: on them, or in a text on the sentence. */
export function pinButtons(story, sentence, where) {
  const buttons = Object.entries(VERBS).map(([kind, [on, off]]) => {
    const pressed = isMarked(kind, story, sentence);
    const name = t(pressed ? off : on);
    return make(
      "button",
      {
        type: "button",
        class: `act ${kind}`,
        "aria-pressed": String(pressed),
        "aria-label": name,
        title: t(pressed ? `${off}_key` : `${on}_key`),
        "aria-keyshortcuts": kind[0].toUpperCase(),
        data: { focus: where === "text" ? `text:${sentence.place}` : `${where}:${sentence.place}:${kind}` },
        on: { click: () => act(kind, story, sentence) },
      },
      icon(kind),
    );
  });
  return make("span", { class: "hand", role: "group", "aria-label": t("sentence_actions") }, buttons);
}

/** P pins and B leaves out the sentence that the focus is on. */
export function pinKeys(event, story, sentence) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea")) return;
  const kind = { p: "pin", b: "ban" }[event.key.toLowerCase()];
  if (!kind) return;
  event.preventDefault();
  act(kind, story, sentence);
}

// Ctrl+Z outside of a field takes back the last pin or ban.
document.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() !== "z" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
  if (event.target.closest?.("input, textarea, select, dialog") || !undoMark()) return;
  event.preventDefault();
  announce(t("undone"));
});

function act(kind, story, sentence) {
  const leaves = kind === "ban" && !isMarked("ban", story, sentence);
  mark(kind, story, sentence);
  if (leaves) toast(t("left_out_toast"), t("undo"), undoMark);
}

// The two buttons at each sentence, which pin it or leave it out, and the keys that do the same.
//
// In the code, `ban` means to leave a sentence out.
import { icon, make } from "./dom.js";
import { announce, showToast } from "./status_messages.js";
import { isMarked, toggleMark, undoMark } from "./state.js";
import { t } from "./strings.js";

const LABELS = { pin: ["pin", "unpin"], ban: ["ban", "unban"] };

/** The buttons for a sentence in a pane. If the pane is updated, the focus stays on the button, or on the sentence in the
 * pane "text". */
export function pinButtons(article, sentence, pane) {
  const buttons = Object.entries(LABELS).map(([kind, [on, off]]) => {
    const pressed = isMarked(kind, article, sentence);
    const label = t(pressed ? off : on);
    return make(
      "button",
      {
        type: "button",
        class: `act ${kind}`,
        "aria-pressed": String(pressed),
        "aria-label": label,
        title: t(pressed ? `${off}_key` : `${on}_key`),
        "aria-keyshortcuts": kind[0].toUpperCase(),
        data: { focus: pane === "text" ? `text:${sentence.place}` : `${pane}:${sentence.place}:${kind}` },
        on: { click: () => toggle(kind, article, sentence) },
      },
      icon(kind),
    );
  });
  return make("span", { class: "hand", role: "group", "aria-label": t("sentence_actions") }, buttons);
}

/** Handles a key at a focused sentence: P pins it, B leaves it out. */
export function pinKeys(event, article, sentence) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea")) return;
  const kind = { p: "pin", b: "ban" }[event.key.toLowerCase()];
  if (!kind) return;
  event.preventDefault();
  toggle(kind, article, sentence);
}

// Ctrl+Z outside of a field undoes the last pin or omission.
document.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() !== "z" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
  if (event.target.closest?.("input, textarea, select, dialog") || !undoMark()) return;
  event.preventDefault();
  announce(t("undone"));
});

function toggle(kind, article, sentence) {
  const leavesOut = kind === "ban" && !isMarked("ban", article, sentence);
  toggleMark(kind, article, sentence);
  if (leavesOut) showToast(t("left_out_toast"), t("undo"), undoMark);
}

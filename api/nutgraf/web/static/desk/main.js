// The editor's desk: wires its panes together. It uses the public API alone.
import { answer } from "./send_request.js";
import { forgetKey, useKey } from "./api_client.js";
import * as controls from "./controls.js";
import { byId } from "./dom.js";
import { errorText, problemText } from "./message_texts.js";
import "./exports.js";
import "./figures.js";
import { regroup } from "./stories_request.js";
import "./story_list.js";
import "./quotes.js";
import "./headlines.js";
import { isEmpty } from "./article_input.js";
import { alert, toast } from "./status_messages.js";
import "./diagram.js";
import { fieldOf } from "./request.js";
import * as sources from "./article_list.js";
import { add, answered, forgetAll, listen, tell } from "./state.js";
import { holdOpen } from "./story_assignments.js";
import { t } from "./strings.js";
import "./summary.js";

const desk = document.querySelector(".desk");

listen("changed", showState);
listen("settled", showState); // before the panes show the answer, which measure themselves
listen("answered", clearErrors);
listen("problem", ({ problem, items }) => {
  clearErrors();
  if (problem.slug === "key-missing" || problem.slug === "key-unknown" || problem.status === 401) askForKey();
  const general = [];
  for (const error of problem.errors) {
    const { pointer } = error;
    const detail = errorText(error);
    const { item, field, control } = fieldOf(pointer, items);
    if (item) sources.showError(item.key, field, detail);
    else if (control) controls.showError(control, detail);
    else general.push(detail);
  }
  if (problem.slug === "bad-mark") controls.showError("length", problem.message);
  else if (!problem.errors.length || general.length) alert([problemText(problem), ...general].join(" "), t("try_again"), answer);
});
listen("canceled", () => alert(t("canceled"), t("try_again"), answer));
listen("marks-lost", (count) => toast(t("marks_lost", { count })));
listen("too-large-to-keep", () => toast(t("too_large_to_keep")));
listen("key-wanted", askForKey);
addEventListener("online", ask);

byId("write").addEventListener("click", () => {
  const [{ key }] = add([{ text: "" }]);
  holdOpen(key);
  sources.write(key);
});
byId("forget").addEventListener("click", () => byId("sure").showModal());
byId("sure").addEventListener("close", () => {
  if (byId("sure").returnValue !== "forget") return;
  forgetAll();
  ask();
  forgetKey();
  byId("key").value = "";
  clearErrors();
  byId("paste").focus();
  toast(t("all_deleted"));
});
byId("key-form").addEventListener("submit", (event) => {
  event.preventDefault();
  useKey(byId("key").value.trim(), byId("key-keep").checked);
  byId("key-form").hidden = true;
  controls.showProfiles();
  ask();
});

tell("changed");
controls.showProfiles();
ask();

function ask() {
  answer();
  regroup();
}

function showState() {
  desk.dataset.state = isEmpty() ? "empty" : answered.answer ? "full" : "waiting";
  byId("forget").hidden = isEmpty();
}

function clearErrors() {
  sources.clearErrors();
  controls.clearErrors();
  alert("");
}

function askForKey() {
  byId("key-form").hidden = false;
  byId("key").focus();
}

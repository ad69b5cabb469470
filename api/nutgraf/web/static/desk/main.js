// Starts the editor's desk and connects its panes. The desk uses only the public API.
import { requestSummary } from "./send_request.js";
import { forgetKey, useKey } from "./api_client.js";
import * as controls from "./controls.js";
import { byId } from "./dom.js";
import { errorText, problemText } from "./message_texts.js";
import "./exports.js";
import "./figures.js";
import { requestStories } from "./stories_request.js";
import "./story_list.js";
import "./quotes.js";
import "./headlines.js";
import { isEmpty } from "./article_input.js";
import { showAlert, showToast } from "./status_messages.js";
import "./diagram.js";
import { fieldOf } from "./request.js";
import * as articleList from "./article_list.js";
import { addItems, deleteAll, emit, listen, result } from "./state.js";
import { keepInOpenStory } from "./story_assignments.js";
import { t } from "./strings.js";
import "./summary.js";

const desk = document.querySelector(".desk");

listen("changed", showState);
listen("request-ended", showState); // before the panes show the answer: they measure their size
listen("answered", clearErrors);
listen("problem", ({ problem, items }) => {
  clearErrors();
  if (problem.slug === "key-missing" || problem.slug === "key-unknown" || problem.status === 401) askForKey();
  const general = [];
  for (const error of problem.errors) {
    const { pointer } = error;
    const detail = errorText(error);
    const { item, field, control } = fieldOf(pointer, items);
    if (item) articleList.showError(item.key, field, detail);
    else if (control) controls.showError(control, detail);
    else general.push(detail);
  }
  if (problem.slug === "bad-mark") controls.showError("length", problem.message);
  else if (!problem.errors.length || general.length) showAlert([problemText(problem), ...general].join(" "), t("try_again"), requestSummary);
});
listen("canceled", () => showAlert(t("canceled"), t("try_again"), requestSummary));
listen("marks-lost", (count) => showToast(t("marks_lost", { count })));
listen("too-large-to-store", () => showToast(t("too_large_to_keep")));
listen("key-needed", askForKey);
addEventListener("online", requestAll);

byId("write").addEventListener("click", () => {
  const [{ key }] = addItems([{ text: "" }]);
  keepInOpenStory(key);
  articleList.startWriting(key);
});
byId("forget").addEventListener("click", () => byId("sure").showModal());
byId("sure").addEventListener("close", () => {
  if (byId("sure").returnValue !== "forget") return;
  deleteAll();
  requestAll();
  forgetKey();
  byId("key").value = "";
  clearErrors();
  byId("paste").focus();
  showToast(t("all_deleted"));
});
byId("key-form").addEventListener("submit", (event) => {
  event.preventDefault();
  useKey(byId("key").value.trim(), byId("key-keep").checked);
  byId("key-form").hidden = true;
  controls.showProfiles();
  requestAll();
});

emit("changed");
controls.showProfiles();
requestAll();

function requestAll() {
  requestSummary();
  requestStories();
}

function showState() {
  desk.dataset.state = isEmpty() ? "empty" : result.answer ? "full" : "waiting";
  byId("forget").hidden = isEmpty();
}

function clearErrors() {
  articleList.clearErrors();
  controls.clearErrors();
  showAlert("");
}

function askForKey() {
  byId("key-form").hidden = false;
  byId("key").focus();
}

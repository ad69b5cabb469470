// The list of stories of a mixed feed, the largest first. A click opens a story, so that only its articles are summarized.
import { byId, icon, make, setTextOrHide, updateChildren } from "./dom.js";
import { requestStories } from "./stories_request.js";
import { errorText, problemText } from "./message_texts.js";
import { acceptDrops, makeDraggable, moveButton } from "./move_article.js";
import { warningItem } from "./warnings.js";
import { showToast } from "./status_messages.js";
import { fieldOf } from "./request.js";
import { draft, grouping, listen, result } from "./state.js";
import {
  MAX_SUMMARIZED, areTooManyForOneSummary, headlineOf, isGrouped, membersOf, publishedAt, nameOf, openGroup, openStory, sourceNameOf,
} from "./story_assignments.js";
import { t } from "./strings.js";

const MAX_SOURCES = 3;
const MAX_ERRORS = 3;
const pane = byId("groups");
const list = byId("group-list");
const heading = byId("groups-heading");
const backButton = byId("groups-back");
const language = document.documentElement.lang;
const dateFormat = new Intl.DateTimeFormat(language, { month: "short", day: "numeric", hour: "numeric", minute: "2-digit" });
const openGroupIds = new Set();

listen("grouped", show);
listen("grouping-started", () => {
  pane.setAttribute("aria-busy", "true");
  if (!isGrouped()) show();
});
listen("answered", show);
listen("added-elsewhere", (count) => showToast(t("elsewhere", { count }), t("all_stories"), () => showAllStories()));
backButton.addEventListener("click", () => showAllStories());

function show() {
  const opened = openGroup();
  const isShown = isGrouped();
  pane.setAttribute("aria-busy", String(grouping.busy > 0));
  pane.hidden = !isShown && !grouping.problem && !(grouping.busy && areTooManyForOneSummary());
  document.querySelector(".sources").toggleAttribute("data-grouped", isShown);
  byId("open-first").hidden = !areTooManyForOneSummary() || opened !== null;
  showProblem();
  setTextOrHide(byId("groups-busy"), !isShown && grouping.busy ? t("grouping", { articles: articleCount(grouping.busy) }) : "");
  backButton.hidden = !opened;
  const total = grouping.groups.reduce((sum, { keys }) => sum + keys.length, 0);
  const countsText = t("from_articles", { stories: t("story_count", { count: grouping.groups.length }), articles: articleCount(total) });
  heading.hidden = !isShown;
  heading.textContent = opened ? headlineOf(opened) : countsText;
  byId("groups-hint").hidden = !isShown || opened !== null;
  byId("group-facts").hidden = !opened;
  updateChildren(byId("group-facts"), opened ? factsNodes(opened) : []);
  showList(isShown && !opened ? grouping.groups : []);
  showNotes(opened);
  if (byId("groups-status").textContent !== countsText) byId("groups-status").textContent = isShown ? countsText : "";
}

/** Updates the list, unless the editor is dragging an article. */
function showList(groups) {
  if (pane.classList.contains("dragging")) return;
  updateChildren(list, groups.length ? [...groups.map(groupItem), newStoryItem()] : []);
}

const articleCount = (count) => t("article_count", { count });

function groupItem(group) {
  const headline = headlineOf(group);
  const isOpen = openGroupIds.has(group.id);
  const members = make("ul", { class: "members", id: `members-${group.id}`, hidden: !isOpen, "aria-label": t("articles_of", { headline }) });
  const fillMembers = () => updateChildren(members, openGroupIds.has(group.id) ? membersOf(grouping.groups.find(({ id }) => id === group.id)).map(memberItem) : []);
  const toggleButton = make(
    "button",
    { type: "button", class: "act unfold", "aria-expanded": String(isOpen), "aria-controls": members.id, "aria-label": t("articles_of", { headline }), data: { focus: `unfold:${group.id}` } },
    icon("open"),
  );
  toggleButton.addEventListener("click", () => {
    if (!openGroupIds.delete(group.id)) openGroupIds.add(group.id);
    toggleButton.setAttribute("aria-expanded", String(openGroupIds.has(group.id)));
    members.hidden = !openGroupIds.has(group.id);
    fillMembers();
  });
  fillMembers();
  const openButton = make(
    "button",
    { type: "button", class: "open", data: { focus: `group:${group.id}` }, on: { click: () => showStory(group.id) } },
    make("span", { class: "group-name", dir: "auto", lang: group.language }, headline),
    make("span", { class: "detail" }, ...factsNodes(group)),
  );
  return acceptDrops(make("li", { class: "group" }, make("div", { class: "group-head" }, openButton, toggleButton), members), group.id);
}

/** The item on which the editor drops an article to make a new story; shown only during a drag. */
const newStoryItem = () => acceptDrops(make("li", { class: "group own-group", "aria-hidden": "true" }, t("own_story_drop")), null);

function memberItem(item) {
  const moment = publishedAt(item);
  const details = [sourceNameOf(item), moment && dateFormat.format(new Date(moment))].filter(Boolean).join(" · ");
  return makeDraggable(
    make(
      "li",
      { class: "member" },
      make("span", { class: "member-name" }, make("bdi", {}, nameOf(item)), details && make("span", { class: "detail" }, details)),
      moveButton(item, "move"),
    ),
    item.key,
  );
}

/** The number of articles, their sources and their times. */
function factsNodes(group) {
  const names = [...new Set(membersOf(group).map(sourceNameOf).filter(Boolean))];
  const hiddenCount = names.length - MAX_SOURCES;
  const shownNames = names.slice(0, MAX_SOURCES).join(", ");
  const tooMany = group.keys.length > MAX_SUMMARIZED ? t("first_of", { count: MAX_SUMMARIZED }) : "";
  const details = [articleCount(group.keys.length), hiddenCount > 0 ? t("and_more", { names: shownNames, count: hiddenCount }) : shownNames, tooMany].filter(Boolean);
  const times = group.first && dateFormat.formatRange(new Date(group.first), new Date(group.last));
  return [details.join(" · "), ...(times ? ["\u00a0· ", make("span", { class: "when" }, times)] : [])];
}

function showStory(id) {
  openStory(id);
  document.querySelector(".sources").scrollTo?.({ top: 0 });
  heading.focus();
}

function showAllStories() {
  const previous = draft.opened;
  openStory(null);
  ([...list.querySelectorAll("[data-focus]")].find(({ dataset }) => dataset.focus === `group:${previous}`) ?? heading).focus();
}

/** Shows why the articles could not be grouped; the last grouping stays on the screen. */
function showProblem() {
  const element = byId("groups-problem");
  const { problem } = grouping;
  const text = problem ? [problemText(problem), ...problem.errors.slice(0, MAX_ERRORS).map(describeError)].join(" ") : "";
  if (element.dataset.text === text) return;
  element.dataset.text = text;
  setTextOrHide(element, text && t("not_grouped", { text }));
  if (text) element.append(" ", make("button", { type: "button", on: { click: requestStories } }, t("try_again")));
}

function describeError(error) {
  const { item } = fieldOf(error.pointer, grouping.items);
  return item ? `${nameOf(item)}: ${errorText(error)}` : errorText(error);
}

/** Shows the warnings of the grouping, except those that the summary shows already. */
function showNotes(opened) {
  const keys = new Map(result.articles.map(({ report, item }) => [report.id, item.key]));
  const shownWarnings = new Set((result.answer?.warnings ?? []).map(({ code, article_id: id }) => `${code} ${keys.get(id) ?? ""}`));
  const warnings = opened ? [] : grouping.warnings.filter(({ code, key }) => !shownWarnings.has(`${code} ${key ?? ""}`));
  updateChildren(byId("group-notes"), warnings.map((warning) => warningItem(warning, articleNamePrefix(warning.key))));
}

function articleNamePrefix(key) {
  const item = draft.items.find((candidate) => candidate.key === key);
  return item && make("bdi", {}, `${nameOf(item)}: `);
}

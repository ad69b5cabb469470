// The stories of a mixed feed, the largest first: one click opens one, and it alone is summarized.
import { byId, icon, make, refill, say } from "./dom.js";
import { regroup } from "./stories_request.js";
import { errorText, problemText } from "./message_texts.js";
import { drags, moveButton, takesDrops } from "./move_article.js";
import { note } from "./warnings.js";
import { toast } from "./status_messages.js";
import { fieldOf } from "./request.js";
import { answered, grouped, listen, typed } from "./state.js";
import {
  MOST_SUMMARIZED, areMany, headlineOf, isGrouped, membersOf, momentOf, nameOf, openGroup, openStory, sourceNameOf,
} from "./story_assignments.js";
import { t } from "./strings.js";

const MOST_SOURCES = 3;
const MOST_TROUBLES = 3;
const pane = byId("groups");
const list = byId("group-list");
const heading = byId("groups-heading");
const back = byId("groups-back");
const language = document.documentElement.lang;
const dates = new Intl.DateTimeFormat(language, { month: "short", day: "numeric", hour: "numeric", minute: "2-digit" });
const unfolded = new Set();

listen("grouped", show);
listen("grouping", () => {
  pane.setAttribute("aria-busy", "true");
  if (!isGrouped()) show();
});
listen("answered", show);
listen("elsewhere", (count) => toast(t("elsewhere", { count }), t("all_stories"), () => goBack()));
back.addEventListener("click", () => goBack());

function show() {
  const opened = openGroup();
  const isShown = isGrouped();
  pane.setAttribute("aria-busy", String(grouped.busy > 0));
  pane.hidden = !isShown && !grouped.problem && !(grouped.busy && areMany());
  document.querySelector(".sources").toggleAttribute("data-grouped", isShown);
  byId("open-first").hidden = !areMany() || opened !== null;
  showTrouble();
  say(byId("groups-busy"), !isShown && grouped.busy ? t("grouping", { articles: articles(grouped.busy) }) : "");
  back.hidden = !opened;
  const total = grouped.groups.reduce((sum, { keys }) => sum + keys.length, 0);
  const found = t("from_articles", { stories: t("story_count", { count: grouped.groups.length }), articles: articles(total) });
  heading.hidden = !isShown;
  heading.textContent = opened ? headlineOf(opened) : found;
  byId("groups-hint").hidden = !isShown || opened !== null;
  byId("group-facts").hidden = !opened;
  refill(byId("group-facts"), opened ? facts(opened) : []);
  showList(isShown && !opened ? grouped.groups : []);
  showNotes(opened);
  if (byId("groups-status").textContent !== found) byId("groups-status").textContent = isShown ? found : "";
}

/** Fills the list, unless an article of it is being dragged. */
function showList(groups) {
  if (pane.classList.contains("dragging")) return;
  refill(list, groups.length ? [...groups.map(row), ownRow()] : []);
}

const articles = (count) => t("article_count", { count });

function row(group) {
  const headline = headlineOf(group);
  const isOpen = unfolded.has(group.id);
  const members = make("ul", { class: "members", id: `members-${group.id}`, hidden: !isOpen, "aria-label": t("articles_of", { headline }) });
  const fill = () => refill(members, unfolded.has(group.id) ? membersOf(grouped.groups.find(({ id }) => id === group.id)).map(member) : []);
  const unfold = make(
    "button",
    { type: "button", class: "act unfold", "aria-expanded": String(isOpen), "aria-controls": members.id, "aria-label": t("articles_of", { headline }), data: { focus: `unfold:${group.id}` } },
    icon("open"),
  );
  unfold.addEventListener("click", () => {
    if (!unfolded.delete(group.id)) unfolded.add(group.id);
    unfold.setAttribute("aria-expanded", String(unfolded.has(group.id)));
    members.hidden = !unfolded.has(group.id);
    fill();
  });
  fill();
  const open = make(
    "button",
    { type: "button", class: "open", data: { focus: `group:${group.id}` }, on: { click: () => goInto(group.id) } },
    make("span", { class: "group-name", dir: "auto", lang: group.language }, headline),
    make("span", { class: "detail" }, ...facts(group)),
  );
  return takesDrops(make("li", { class: "group" }, make("div", { class: "group-head" }, open, unfold), members), group.id);
}

/** Where an article is dropped that belongs to none of the groups; shown while one is dragged. */
const ownRow = () => takesDrops(make("li", { class: "group own-group", "aria-hidden": "true" }, t("own_story_drop")), null);

function member(item) {
  const moment = momentOf(item);
  const about = [sourceNameOf(item), moment && dates.format(new Date(moment))].filter(Boolean).join(" · ");
  return drags(
    make(
      "li",
      { class: "member" },
      make("span", { class: "member-name" }, make("bdi", {}, nameOf(item)), about && make("span", { class: "detail" }, about)),
      moveButton(item, "move"),
    ),
    item.key,
  );
}

/** How many articles, of whom, and of when. */
function facts(group) {
  const names = [...new Set(membersOf(group).map(sourceNameOf).filter(Boolean))];
  const more = names.length - MOST_SOURCES;
  const shown = names.slice(0, MOST_SOURCES).join(", ");
  const tooMany = group.keys.length > MOST_SUMMARIZED ? t("first_of", { count: MOST_SUMMARIZED }) : "";
  const about = [articles(group.keys.length), more > 0 ? t("and_more", { names: shown, count: more }) : shown, tooMany].filter(Boolean);
  const times = group.first && dates.formatRange(new Date(group.first), new Date(group.last));
  return [about.join(" · "), ...(times ? ["\u00a0· ", make("span", { class: "when" }, times)] : [])];
}

function goInto(id) {
  openStory(id);
  document.querySelector(".sources").scrollTo?.({ top: 0 });
  heading.focus();
}

function goBack() {
  const was = typed.opened;
  openStory(null);
  ([...list.querySelectorAll("[data-focus]")].find(({ dataset }) => dataset.focus === `group:${was}`) ?? heading).focus();
}

/** What went wrong with the grouping; the last one stays. */
function showTrouble() {
  const place = byId("groups-problem");
  const { problem } = grouped;
  const text = problem ? [problemText(problem), ...problem.errors.slice(0, MOST_TROUBLES).map(trouble)].join(" ") : "";
  if (place.dataset.text === text) return;
  place.dataset.text = text;
  say(place, text && t("not_grouped", { text }));
  if (text) place.append(" ", make("button", { type: "button", on: { click: regroup } }, t("try_again")));
}

function trouble(error) {
  const { item } = fieldOf(error.pointer, grouped.asked);
  return item ? `${nameOf(item)}: ${errorText(error)}` : errorText(error);
}

/** The warnings, but for those that the notes of the summary show. */
function showNotes(opened) {
  const keys = new Map(answered.stories.map(({ report, item }) => [report.id, item.key]));
  const shown = new Set((answered.answer?.warnings ?? []).map(({ code, article_id: id }) => `${code} ${keys.get(id) ?? ""}`));
  const wanted = opened ? [] : grouped.warnings.filter(({ code, key }) => !shown.has(`${code} ${key ?? ""}`));
  refill(byId("group-notes"), wanted.map((each) => note(each, about(each.key))));
}

function about(key) {
  const item = typed.items.find((each) => each.key === key);
  return item && make("bdi", {}, `${nameOf(item)}: `);
}

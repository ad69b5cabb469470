// An article goes to another story: dragged there, or by a button and a list.
import { byId, make } from "./dom.js";
import { toast } from "./status_messages.js";
import { grouped, tell, typed } from "./state.js";
import { groupOf, headlineOf, isGrouped, move, nameOf, openGroup } from "./story_assignments.js";
import { t } from "./strings.js";

const KIND = "application/x-nutgraf-article"; // no text: the page takes dropped text as a new story
const LONGEST_NAME = 70;
const OWN = "";
const dialog = byId("move");
const choice = byId("move-to");
let moving = { key: null, where: null };

/** The button that offers the other stories; `where` keeps the focus when the pane is filled anew. */
export function moveButton(item, where) {
  return make(
    "button",
    { type: "button", class: "move quiet", "aria-label": t("move_article", { name: nameOf(item) }), data: { focus: `${where}:${item.key}` }, on: { click: () => offer(item, where) } },
    t("move"),
  );
}

/** Lets an element be dragged, as the article that it stands for. */
export function drags(element, key, handle = element) {
  handle.draggable = true;
  handle.addEventListener("dragstart", (event) => {
    if (!isGrouped() || openGroup()) return event.preventDefault();
    event.dataTransfer.setData(KIND, key);
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setDragImage(element, 12, 12);
    // Chromium ends a drag whose page changes at once.
    setTimeout(() => byId("groups").classList.add("dragging"));
    return undefined;
  });
  handle.addEventListener("dragend", () => {
    byId("groups").classList.remove("dragging");
    tell("grouped"); // what came in the meantime
  });
  return element;
}

/** Lets articles be dropped on an element: they go to a group, or with null to one of their own. */
export function takesDrops(element, id) {
  const holds = (event) => event.dataTransfer?.types.includes(KIND);
  element.addEventListener("dragover", (event) => {
    if (!holds(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "move";
    element.classList.add("target");
  });
  element.addEventListener("dragleave", (event) => {
    if (!element.contains(event.relatedTarget)) element.classList.remove("target");
  });
  element.addEventListener("drop", (event) => {
    element.classList.remove("target");
    byId("groups").classList.remove("dragging");
    if (!holds(event)) return;
    event.preventDefault();
    moveTo(event.dataTransfer.getData(KIND), id);
  });
  return element;
}

function offer(item, where) {
  moving = { key: item.key, where };
  const own = groupOf(item.key);
  const others = grouped.groups.filter((group) => group !== own);
  byId("move-text").textContent = nameOf(item);
  const options = others.map((group) => make("option", { value: group.id }, `${shortened(headlineOf(group))} (${t("article_count", { count: group.keys.length })})`));
  if (own?.keys.length !== 1) options.push(make("option", { value: OWN }, t("own_story")));
  choice.replaceChildren(...options);
  dialog.returnValue = "";
  dialog.showModal();
  choice.focus();
}

dialog.addEventListener("close", () => {
  if (dialog.returnValue !== "move") return;
  const next = neighbour(moving);
  moveTo(moving.key, choice.value === OWN ? null : choice.value);
  focusOn(next);
});

/** Moves it, says so, and offers the way back. */
function moveTo(key, id) {
  const item = typed.items.find((each) => each.key === key);
  const from = groupOf(key);
  if (!item || (from && from.id === id) || (id === null && from?.keys.length === 1) || (id !== null && !grouped.groups.some((group) => group.id === id))) return;
  const back = move(key, id);
  const name = shortened(nameOf(item));
  toast(id === null ? t("moved_out", { name }) : t("moved", { name, headline: shortened(headlineOf(groupOf(key))) }), t("undo"), () => {
    back();
    toast(t("moved_back", { name }));
  });
}

/** What has the focus next: the button of the article may go into a story that is folded. */
function neighbour({ key, where }) {
  const group = groupOf(key);
  const keys = group?.keys ?? [];
  const at = keys.indexOf(key);
  return [`${where}:${key}`, `${where}:${keys[at + 1] ?? keys[at - 1]}`, `group:${group?.id}`];
}

function focusOn(wanted) {
  const all = [...document.querySelectorAll(".sources [data-focus]")].filter((element) => element.getClientRects().length);
  const found = wanted.map((focus) => all.find(({ dataset }) => dataset.focus === focus)).find(Boolean);
  (found ?? byId("groups-heading")).focus();
}

const shortened = (text) => (text.length > LONGEST_NAME ? `${text.slice(0, LONGEST_NAME)}…` : text);

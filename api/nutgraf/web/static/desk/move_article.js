// Moves an article to another story: the editor drags it, or presses a button and chooses from a list.
import { byId, make } from "./dom.js";
import { showToast } from "./status_messages.js";
import { draft, emit, grouping } from "./state.js";
import { groupOf, headlineOf, isGrouped, moveToGroup, nameOf, openGroup } from "./story_assignments.js";
import { t } from "./strings.js";

const DRAG_TYPE = "application/x-nutgraf-article"; // not a text type: the page adds dropped text as a new article
const MAX_NAME_CHARACTERS = 70;
const NEW_STORY = "";
const dialog = byId("move");
const select = byId("move-to");
let moving = { key: null, pane: null };

/** The button that opens the list of stories. `pane` names the pane of the button, so that the focus stays on it after an
 * update. */
export function moveButton(item, pane) {
  return make(
    "button",
    { type: "button", class: "move quiet", "aria-label": t("move_article", { name: nameOf(item) }), data: { focus: `${pane}:${item.key}` }, on: { click: () => openDialog(item, pane) } },
    t("move"),
  );
}

/** Lets the editor drag an element by its handle; it stands for the article with this key. Returns the element. */
export function makeDraggable(element, key, handle = element) {
  handle.draggable = true;
  handle.addEventListener("dragstart", (event) => {
    if (!isGrouped() || openGroup()) return event.preventDefault();
    event.dataTransfer.setData(DRAG_TYPE, key);
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setDragImage(element, 12, 12);
    // Chromium ends a drag if the page changes while it starts.
    setTimeout(() => byId("groups").classList.add("dragging"));
    return undefined;
  });
  handle.addEventListener("dragend", () => {
    byId("groups").classList.remove("dragging");
    emit("grouped"); // shows what arrived during the drag
  });
  return element;
}

/** Lets the editor drop articles on an element: they move to the group with this id, or with null to a new group. Returns
 * the element. */
export function acceptDrops(element, id) {
  const isArticleDrag = (event) => event.dataTransfer?.types.includes(DRAG_TYPE);
  element.addEventListener("dragover", (event) => {
    if (!isArticleDrag(event)) return;
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
    if (!isArticleDrag(event)) return;
    event.preventDefault();
    moveAndReport(event.dataTransfer.getData(DRAG_TYPE), id);
  });
  return element;
}

function openDialog(item, pane) {
  moving = { key: item.key, pane };
  const currentGroup = groupOf(item.key);
  const others = grouping.groups.filter((group) => group !== currentGroup);
  byId("move-text").textContent = nameOf(item);
  const options = others.map((group) => make("option", { value: group.id }, `${shortened(headlineOf(group))} (${t("article_count", { count: group.keys.length })})`));
  if (currentGroup?.keys.length !== 1) options.push(make("option", { value: NEW_STORY }, t("own_story")));
  select.replaceChildren(...options);
  dialog.returnValue = "";
  dialog.showModal();
  select.focus();
}

dialog.addEventListener("close", () => {
  if (dialog.returnValue !== "move") return;
  const focusKeys = focusAfterMove(moving);
  moveAndReport(moving.key, select.value === NEW_STORY ? null : select.value);
  focusFirstOf(focusKeys);
});

/** Moves an article, and shows a message with a button that undoes the move. */
function moveAndReport(key, id) {
  const item = draft.items.find((candidate) => candidate.key === key);
  const origin = groupOf(key);
  if (!item || (origin && origin.id === id) || (id === null && origin?.keys.length === 1) || (id !== null && !grouping.groups.some((group) => group.id === id))) return;
  const undo = moveToGroup(key, id);
  const name = shortened(nameOf(item));
  showToast(id === null ? t("moved_out", { name }) : t("moved", { name, headline: shortened(headlineOf(groupOf(key))) }), t("undo"), () => {
    undo();
    showToast(t("moved_back", { name }));
  });
}

/** The `data-focus` values of the elements that can have the focus after a move, best first. The button itself may be hidden
 * in a closed story. */
function focusAfterMove({ key, pane }) {
  const group = groupOf(key);
  const keys = group?.keys ?? [];
  const position = keys.indexOf(key);
  return [`${pane}:${key}`, `${pane}:${keys[position + 1] ?? keys[position - 1]}`, `group:${group?.id}`];
}

function focusFirstOf(focusKeys) {
  const visible = [...document.querySelectorAll(".sources [data-focus]")].filter((element) => element.getClientRects().length);
  const found = focusKeys.map((focus) => visible.find(({ dataset }) => dataset.focus === focus)).find(Boolean);
  (found ?? byId("groups-heading")).focus();
}

const shortened = (text) => (text.length > MAX_NAME_CHARACTERS ? `${text.slice(0, MAX_NAME_CHARACTERS)}…` : text);

// The pane of stories: a card each, with its fields, and its text as the service read it.
import { byId, debounced, grown, icon, make, refill, say } from "./dom.js";
import { pinButtons, pinKeys } from "./pins.js";
import { marked } from "./article_text.js";
import { place, point } from "./highlight.js";
import { drags, moveButton } from "./move_article.js";
import { labelOf } from "./request.js";
import { answered, change, find, listen, remove, typed } from "./state.js";
import { holdOpen, isGrouped, nameOf, shownItems } from "./story_assignments.js";
import { t } from "./strings.js";
import { toast } from "./status_messages.js";

const TYPING_MILLISECONDS = 350;
const FIELDS = ["title", "source", "time"];
const cards = byId("cards");
const wide = matchMedia("(min-width: 48rem)");
const open = new Map();

listen("changed", showCards);
listen("grouped", showCards);
listen("answered", fill);

/** Brings the cards in line with the items: what has the focus stays untouched. */
export function showCards() {
  const items = shownItems();
  const keys = new Set(items.map(({ key }) => key));
  const there = new Map([...cards.children].map((card) => [card.dataset.key, card]));
  for (const [key, card] of there) if (!keys.has(key)) card.remove();
  items.forEach((item, at) => {
    const card = there.get(item.key) ?? newCard(item, at);
    if (cards.children[at] !== card) cards.insertBefore(card, cards.children[at] ?? null);
  });
  byId("stories-count").textContent = (!isGrouped() && typed.items.length) || ""; // the groups say it
}

/** Opens a story's text for writing. */
export function write(key) {
  const card = cards.querySelector(`[data-key="${key}"]`);
  card.classList.add("open", "writing");
  card.querySelector(".edit")?.setAttribute("aria-pressed", "true");
  for (const field of card.querySelectorAll(".about input")) field.tabIndex = 0;
  card.querySelector("textarea").focus();
}

/** Shows a problem's sentence at a field of a card. */
export function showError(key, field, text) {
  const card = cards.querySelector(`[data-key="${key}"]`);
  if (!card) return;
  const name = field === "published_at" ? "time" : FIELDS.includes(field) ? field : "text";
  const error = card.querySelector(".error");
  say(error, text);
  const input = card.querySelector(`[name="${name}"]`);
  input?.setAttribute("aria-invalid", "true");
  card.classList.add("open");
}

export function clearErrors() {
  for (const card of cards.children) {
    say(card.querySelector(".error"), typed.items.find((item) => item.key === card.dataset.key)?.unreadable);
  }
  for (const input of cards.querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
}

function newCard(item, at) {
  const label = labelOf(at);
  // The keyboard reaches source and time, nine stops in all, once the article is edited; a document has no such button.
  const stop = item.document === undefined ? "-1" : null;
  const soon = debounced(() => holdOpen(item.key) || change({}), TYPING_MILLISECONDS);
  const input = (name, type, more) =>
    make("input", {
      name, type, value: item[name], dir: type === "text" ? "auto" : null, autocomplete: "off",
      "aria-describedby": `error-${item.key}`,
      on: { input: (event) => { item[name] = event.target.value; soon(); } },
      ...more,
    });
  const card = make("li", { class: "card", data: { key: item.key } });
  if (open.get(item.key) ?? wide.matches) card.classList.add("open");
  const unfold = make(
    "button",
    { type: "button", class: "unfold act", "aria-expanded": String(card.classList.contains("open")), "aria-label": t("unfold", { label }), data: { names: "unfold" } },
    icon("open"),
  );
  unfold.addEventListener("click", () => {
    const now = card.classList.toggle("open");
    open.set(item.key, now);
    unfold.setAttribute("aria-expanded", String(now));
  });
  const title = grown(make("textarea", {
    name: "title", class: "title", rows: "1", dir: "auto", value: item.title, placeholder: item.name ?? t("title_hint"), "aria-label": t("title", { label }), data: { names: "title" },
    "aria-describedby": `error-${item.key}`,
    on: {
      input: (event) => { item.title = event.target.value.replace(/\s*\n\s*/g, " "); showTooltip(title); soon(); },
      keydown: (event) => { if (event.key === "Enter") event.preventDefault(); },
    },
  }));
  card.append(
    make(
      "header",
      {},
      make("span", { class: "badge", "aria-hidden": "true" }, label),
      title,
    ),
    make(
      "div",
      { class: "about" },
      input("source", "text", { tabindex: stop, placeholder: t("source_hint"), "aria-label": t("source", { label }), data: { names: "source" }, size: "14" }),
      input("time", "datetime-local", { tabindex: stop, "aria-label": t("time", { label }), data: { names: "time" } }),
      make("span", { class: "facts" }),
      moveButton(item, "card-move"),
      make(
        "span",
        { class: "acts" },
        item.document === undefined && editButton(item, card, label),
        unfold,
        make("button", { type: "button", class: "act remove", "aria-label": t("remove", { label }), title: t("remove", { label }), data: { names: "remove" }, on: { click: () => takeAway(item) } }, icon("remove")),
      ),
    ),
    make("p", { class: "error", id: `error-${item.key}`, hidden: true }),
    make("div", { class: "body" }, make("div", { class: "texts" }, unread(item.key)), item.document === undefined && editor(item, label, soon)),
  );
  return drags(card, item.key, card.querySelector(".badge"));
}

/** Beside the summary, a title has one line: the pointer shows it whole, and so does writing in it. */
function showTooltip(title) {
  title.title = title.value || title.placeholder;
}

/** Calls a card by its letter, for those who hear it too. */
function relabel(card, label) {
  card.querySelector(".badge").textContent = label;
  for (const element of card.querySelectorAll("[data-names]")) {
    const name = t(element.dataset.names, { label });
    element.setAttribute("aria-label", name);
    if (element.matches("button[title]")) element.title = name;
  }
  const item = typed.items.find(({ key }) => key === card.dataset.key);
  card.querySelector(".move").setAttribute("aria-label", t("move_article", { name: nameOf(item) }));
}

function editButton(item, card, label) {
  const name = t("edit", { label });
  const button = make("button", { type: "button", class: "act edit", "aria-label": name, title: name, "aria-pressed": "false", data: { names: "edit" } }, icon("edit"));
  button.addEventListener("click", () => {
    const writing = card.classList.toggle("writing");
    button.setAttribute("aria-pressed", String(writing));
    for (const field of card.querySelectorAll(".about input")) field.tabIndex = writing ? 0 : -1;
    if (!writing) return;
    card.classList.add("open");
    const area = card.querySelector("textarea.write");
    // HTML is written on as the text that was made of it.
    area.value = item.text ?? answered.stories.find((story) => story.item === item)?.text ?? "";
    area.focus();
  });
  return button;
}

function editor(item, label, soon) {
  return make("textarea", {
    name: "text", class: "write", rows: "12", dir: "auto", value: item.text ?? "", "aria-label": t("text", { label }), data: { names: "text" },
    "aria-describedby": `error-${item.key}`,
    on: {
      input: (event) => {
        delete item.html;
        item.text = event.target.value;
        soon();
      },
    },
  });
}

function takeAway(item) {
  const name = item.title || item.name || labelOf(typed.items.indexOf(item));
  const back = remove(item.key);
  toast(t("removed", { name }), t("undo"), () => {
    back();
    toast(t("brought_back", { name }));
  });
  (cards.querySelector(".remove") ?? byId("paste")).focus();
}

/** Shows what the service made of each story. */
function fill() {
  const chosen = new Set((answered.answer?.summary.sentences ?? []).map(place));
  for (const card of cards.children) {
    const stories = answered.stories.filter((story) => story.item.key === card.dataset.key);
    const first = stories[0];
    relabel(card, first?.label ?? labelOf([...cards.children].indexOf(card)));
    if (first) card.dataset.hue = first.hue;
    card.classList.toggle("feed", stories.length > 1);
    card.classList.toggle("unused", stories.length > 0 && stories.every((story) => !story.sentences.length));
    if (first && stories.length === 1) {
      card.querySelector("[name=title]").placeholder = first.title ?? first.item.name ?? t("title_hint");
      card.querySelector("[name=source]").placeholder = first.source ?? t("source_hint");
    }
    showTooltip(card.querySelector("[name=title]"));
    card.querySelector(".facts").textContent = stories.map(facts)[stories.length - 1] ?? "";
    const texts = stories.flatMap((story) => textOfStory(story, chosen, stories.length > 1));
    renew(card.querySelector(".texts"), texts.length ? texts : [unread(card.dataset.key)]);
  }
}

/** Shows texts; where a text stays as a whole, its unchanged sentences stay too. */
function renew(container, texts) {
  const there = [...container.children];
  const isSame = there.length === texts.length && there.every((each, at) => each.cloneNode(false).isEqualNode(texts[at].cloneNode(false)));
  if (isSame) there.forEach((each, at) => refill(each, [...texts[at].childNodes]));
  else refill(container, texts);
}

function textOfStory(story, chosen, several) {
  const focusable = (story.sentences.find((sentence) => chosen.has(sentence.place)) ?? story.sentences[0])?.place;
  const text = make("div", { class: "text", lang: story.report.language, dir: "auto", data: { hue: story.hue } }, marked(story, chosen, focusable));
  if (!several) return [text];
  return [make("h3", { class: "entry", data: { hue: story.hue } }, make("span", { class: "badge" }, story.label), ` ${story.title ?? ""}`), text];
}

/** A story as it was brought, while the service has not read it. */
function unread(key) {
  return make("div", { class: "text", dir: "auto" }, typed.items.find((item) => item.key === key)?.text ?? "");
}

function facts(story) {
  const parts = [t("article_words", { count: story.report.words }), story.report.language];
  const stands = answered.stories.find((each) => each.report.id === story.report.duplicate_of);
  const superseded = answered.answer.warnings.some(({ code, article_id: id }) => code === "superseded" && id === story.report.id);
  if (stands) parts.push(superseded ? t("superseded_by", { label: stands.label }) : t("copy_of", { label: stands.label }));
  return parts.join(" · ");
}

cards.addEventListener("mouseover", (event) => point(event.target.closest("[data-at]")?.dataset.at ?? null, "sources"));
cards.addEventListener("mouseleave", () => point(null));
cards.addEventListener("focusin", (event) => {
  const said = event.target.closest(".said");
  if (!said) return;
  for (const other of said.parentElement.querySelectorAll('.said[tabindex="0"]')) other.tabIndex = -1;
  said.tabIndex = 0;
  point(said.dataset.at, "sources");
});
cards.addEventListener("click", (event) => {
  const said = event.target.closest(".said");
  if (said && !String(getSelection())) offer(said);
});
cards.addEventListener("keydown", (event) => {
  const said = event.target.closest(".said");
  if (event.key === "Escape") close(true);
  if (!said || event.target !== said) return;
  const steps = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
  if (steps[event.key]) {
    const all = [...said.closest(".texts").querySelectorAll(".said")];
    all[all.indexOf(said) + steps[event.key]]?.focus();
    event.preventDefault();
  } else if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    offer(said)?.querySelector("button").focus();
  } else {
    const found = find(said.dataset.at);
    if (found) pinKeys(event, found.story, found.sentence);
  }
});

/** Shows the pin buttons beside a sentence; a second click removes them. */
function offer(said) {
  const there = said.nextElementSibling?.classList.contains("offered");
  close();
  const found = find(said.dataset.at);
  if (there || !found) return null;
  const offered = make("span", { class: "offered" }, pinButtons(found.story, found.sentence, "text"));
  said.after(offered);
  return offered;
}

function close(refocus = false) {
  const offered = cards.querySelector(".offered");
  if (!offered) return;
  if (refocus) offered.previousElementSibling.focus();
  offered.remove();
}

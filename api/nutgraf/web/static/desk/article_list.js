// The pane of articles: a card for each article, with its fields and its text as the service read it.
import { byId, debounced, icon, make, setTextOrHide, updateChildren, withAutoHeight } from "./dom.js";
import { pinButtons, pinKeys } from "./pins.js";
import { textNodes } from "./article_text.js";
import { highlight, placeOf } from "./highlight.js";
import { makeDraggable, moveButton } from "./move_article.js";
import { letterLabel } from "./request.js";
import { draft, findSentence, listen, removeArticle, result, update } from "./state.js";
import { isGrouped, keepInOpenStory, nameOf, shownItems } from "./story_assignments.js";
import { t } from "./strings.js";
import { showToast } from "./status_messages.js";

const TYPING_MILLISECONDS = 350;
const FIELDS = ["title", "source", "time"];
const cards = byId("cards");
const wideScreen = matchMedia("(min-width: 48rem)");
const openByKey = new Map();

listen("changed", showCards);
listen("grouped", showCards);
listen("answered", showAnswer);

/** Adds, removes and sorts cards to match the shown articles. The other cards stay unchanged, and keep the focus. */
export function showCards() {
  const items = shownItems();
  const keys = new Set(items.map(({ key }) => key));
  const existing = new Map([...cards.children].map((card) => [card.dataset.key, card]));
  for (const [key, card] of existing) if (!keys.has(key)) card.remove();
  items.forEach((item, index) => {
    const card = existing.get(item.key) ?? makeCard(item, index);
    if (cards.children[index] !== card) cards.insertBefore(card, cards.children[index] ?? null);
  });
  byId("stories-count").textContent = (!isGrouped() && draft.items.length) || ""; // the groups show their own counts
}

/** Opens the text of an article for editing, and focuses it. */
export function startWriting(key) {
  const card = cards.querySelector(`[data-key="${key}"]`);
  card.classList.add("open", "writing");
  card.querySelector(".edit")?.setAttribute("aria-pressed", "true");
  for (const field of card.querySelectorAll(".about input")) field.tabIndex = 0;
  card.querySelector("textarea").focus();
}

/** Shows an error at a field of a card. */
export function showError(key, field, text) {
  const card = cards.querySelector(`[data-key="${key}"]`);
  if (!card) return;
  const name = field === "published_at" ? "time" : FIELDS.includes(field) ? field : "text";
  const error = card.querySelector(".error");
  setTextOrHide(error, text);
  const input = card.querySelector(`[name="${name}"]`);
  input?.setAttribute("aria-invalid", "true");
  card.classList.add("open");
}

export function clearErrors() {
  for (const card of cards.children) {
    setTextOrHide(card.querySelector(".error"), draft.items.find((item) => item.key === card.dataset.key)?.unreadable);
  }
  for (const input of cards.querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
}

function makeCard(item, index) {
  const label = letterLabel(index);
  // The Tab key reaches the source and the time only while the article is edited: otherwise each card would add nine stops.
  // A
  // document cannot be edited, so the Tab key always reaches them.
  const tabIndex = item.document === undefined ? "-1" : null;
  const updateSoon = debounced(() => keepInOpenStory(item.key) || update({}), TYPING_MILLISECONDS);
  const input = (name, type, more) =>
    make("input", {
      name, type, value: item[name], dir: type === "text" ? "auto" : null, autocomplete: "off",
      "aria-describedby": `error-${item.key}`,
      on: { input: (event) => { item[name] = event.target.value; updateSoon(); } },
      ...more,
    });
  const card = make("li", { class: "card", data: { key: item.key } });
  if (openByKey.get(item.key) ?? wideScreen.matches) card.classList.add("open");
  const openButton = make(
    "button",
    { type: "button", class: "unfold act", "aria-expanded": String(card.classList.contains("open")), "aria-label": t("unfold", { label }), data: { names: "unfold" } },
    icon("open"),
  );
  openButton.addEventListener("click", () => {
    const isOpen = card.classList.toggle("open");
    openByKey.set(item.key, isOpen);
    openButton.setAttribute("aria-expanded", String(isOpen));
  });
  const title = withAutoHeight(make("textarea", {
    name: "title", class: "title", rows: "1", dir: "auto", value: item.title, placeholder: item.name ?? t("title_hint"), "aria-label": t("title", { label }), data: { names: "title" },
    "aria-describedby": `error-${item.key}`,
    on: {
      input: (event) => { item.title = event.target.value.replace(/\s*\n\s*/g, " "); setTooltip(title); updateSoon(); },
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
      input("source", "text", { tabindex: tabIndex, placeholder: t("source_hint"), "aria-label": t("source", { label }), data: { names: "source" }, size: "14" }),
      input("time", "datetime-local", { tabindex: tabIndex, "aria-label": t("time", { label }), data: { names: "time" } }),
      make("span", { class: "facts" }),
      moveButton(item, "card-move"),
      make(
        "span",
        { class: "acts" },
        item.document === undefined && editButton(item, card, label),
        openButton,
        make("button", { type: "button", class: "act remove", "aria-label": t("remove", { label }), title: t("remove", { label }), data: { names: "remove" }, on: { click: () => removeWithUndo(item) } }, icon("remove")),
      ),
    ),
    make("p", { class: "error", id: `error-${item.key}`, hidden: true }),
    make("div", { class: "body" }, make("div", { class: "texts" }, unreadText(item.key)), item.document === undefined && textField(item, label, updateSoon)),
  );
  return makeDraggable(card, item.key, card.querySelector(".badge"));
}

/** Sets the tooltip of a title: beside the summary only one line of it is visible, unless the editor writes in it. */
function setTooltip(title) {
  title.title = title.value || title.placeholder;
}

/** Shows the letter of a card, and puts it into the labels for screen readers. */
function setLetter(card, label) {
  card.querySelector(".badge").textContent = label;
  for (const element of card.querySelectorAll("[data-names]")) {
    const name = t(element.dataset.names, { label });
    element.setAttribute("aria-label", name);
    if (element.matches("button[title]")) element.title = name;
  }
  const item = draft.items.find(({ key }) => key === card.dataset.key);
  card.querySelector(".move").setAttribute("aria-label", t("move_article", { name: nameOf(item) }));
}

function editButton(item, card, label) {
  const name = t("edit", { label });
  const button = make("button", { type: "button", class: "act edit", "aria-label": name, title: name, "aria-pressed": "false", data: { names: "edit" } }, icon("edit"));
  button.addEventListener("click", () => {
    const isWriting = card.classList.toggle("writing");
    button.setAttribute("aria-pressed", String(isWriting));
    for (const field of card.querySelectorAll(".about input")) field.tabIndex = isWriting ? 0 : -1;
    if (!isWriting) return;
    card.classList.add("open");
    const field = card.querySelector("textarea.write");
    // The editor continues HTML as the text that the service extracted from it.
    field.value = item.text ?? result.articles.find((article) => article.item === item)?.text ?? "";
    field.focus();
  });
  return button;
}

function textField(item, label, updateSoon) {
  return make("textarea", {
    name: "text", class: "write", rows: "12", dir: "auto", value: item.text ?? "", "aria-label": t("text", { label }), data: { names: "text" },
    "aria-describedby": `error-${item.key}`,
    on: {
      input: (event) => {
        delete item.html;
        item.text = event.target.value;
        updateSoon();
      },
    },
  });
}

function removeWithUndo(item) {
  const name = item.title || item.name || letterLabel(draft.items.indexOf(item));
  const undo = removeArticle(item.key);
  showToast(t("removed", { name }), t("undo"), () => {
    undo();
    showToast(t("brought_back", { name }));
  });
  (cards.querySelector(".remove") ?? byId("paste")).focus();
}

/** Shows the last answer in the cards. */
function showAnswer() {
  const chosen = new Set((result.answer?.summary.sentences ?? []).map(placeOf));
  for (const card of cards.children) {
    const articles = result.articles.filter((article) => article.item.key === card.dataset.key);
    const first = articles[0];
    setLetter(card, first?.label ?? letterLabel([...cards.children].indexOf(card)));
    if (first) card.dataset.hue = first.hue;
    card.classList.toggle("feed", articles.length > 1);
    card.classList.toggle("unused", articles.length > 0 && articles.every((article) => !article.sentences.length));
    if (first && articles.length === 1) {
      card.querySelector("[name=title]").placeholder = first.title ?? first.item.name ?? t("title_hint");
      card.querySelector("[name=source]").placeholder = first.source ?? t("source_hint");
    }
    setTooltip(card.querySelector("[name=title]"));
    card.querySelector(".facts").textContent = articles.map(factsLine)[articles.length - 1] ?? "";
    const texts = articles.flatMap((article) => textElements(article, chosen, articles.length > 1));
    updateTexts(card.querySelector(".texts"), texts.length ? texts : [unreadText(card.dataset.key)]);
  }
}

/** Shows texts. If the container shows the same texts, their unchanged sentences keep their elements. */
function updateTexts(container, texts) {
  const existing = [...container.children];
  const isSame = existing.length === texts.length && existing.every((child, index) => child.cloneNode(false).isEqualNode(texts[index].cloneNode(false)));
  if (isSame) existing.forEach((child, index) => updateChildren(child, [...texts[index].childNodes]));
  else updateChildren(container, texts);
}

function textElements(article, chosen, hasHeading) {
  const focusable = (article.sentences.find((sentence) => chosen.has(sentence.place)) ?? article.sentences[0])?.place;
  const text = make("div", { class: "text", lang: article.report.language, dir: "auto", data: { hue: article.hue } }, textNodes(article, chosen, focusable));
  if (!hasHeading) return [text];
  return [make("h3", { class: "entry", data: { hue: article.hue } }, make("span", { class: "badge" }, article.label), ` ${article.title ?? ""}`), text];
}

/** The text of an article as the editor added it, until the service has read it. */
function unreadText(key) {
  return make("div", { class: "text", dir: "auto" }, draft.items.find((item) => item.key === key)?.text ?? "");
}

function factsLine(article) {
  const parts = [t("article_words", { count: article.report.words }), article.report.language];
  const original = result.articles.find(({ report }) => report.id === article.report.duplicate_of);
  const superseded = result.answer.warnings.some(({ code, article_id: id }) => code === "superseded" && id === article.report.id);
  if (original) parts.push(superseded ? t("superseded_by", { label: original.label }) : t("copy_of", { label: original.label }));
  return parts.join(" · ");
}

cards.addEventListener("mouseover", (event) => highlight(event.target.closest("[data-at]")?.dataset.at ?? null, "sources"));
cards.addEventListener("mouseleave", () => highlight(null));
cards.addEventListener("focusin", (event) => {
  const sentenceElement = event.target.closest(".said");
  if (!sentenceElement) return;
  for (const other of sentenceElement.parentElement.querySelectorAll('.said[tabindex="0"]')) other.tabIndex = -1;
  sentenceElement.tabIndex = 0;
  highlight(sentenceElement.dataset.at, "sources");
});
cards.addEventListener("click", (event) => {
  const sentenceElement = event.target.closest(".said");
  if (sentenceElement && !String(getSelection())) showPinButtons(sentenceElement);
});
cards.addEventListener("keydown", (event) => {
  const sentenceElement = event.target.closest(".said");
  if (event.key === "Escape") closePinButtons(true);
  if (!sentenceElement || event.target !== sentenceElement) return;
  const offsets = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
  if (offsets[event.key]) {
    const sentences = [...sentenceElement.closest(".texts").querySelectorAll(".said")];
    sentences[sentences.indexOf(sentenceElement) + offsets[event.key]]?.focus();
    event.preventDefault();
  } else if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    showPinButtons(sentenceElement)?.querySelector("button").focus();
  } else {
    const found = findSentence(sentenceElement.dataset.at);
    if (found) pinKeys(event, found.article, found.sentence);
  }
});

/** Shows the pin buttons beside a sentence, or removes them if they are shown. Returns their element, or null. */
function showPinButtons(sentenceElement) {
  const wereShown = sentenceElement.nextElementSibling?.classList.contains("offered");
  closePinButtons();
  const found = findSentence(sentenceElement.dataset.at);
  if (wereShown || !found) return null;
  const pinButtonsElement = make("span", { class: "offered" }, pinButtons(found.article, found.sentence, "text"));
  sentenceElement.after(pinButtonsElement);
  return pinButtonsElement;
}

function closePinButtons(focusSentence = false) {
  const pinButtonsElement = cards.querySelector(".offered");
  if (!pinButtonsElement) return;
  if (focusSentence) pinButtonsElement.previousElementSibling.focus();
  pinButtonsElement.remove();
}

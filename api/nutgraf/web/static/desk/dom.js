// Elements without markup: the page never parses a string as HTML.
const SVG = "http://www.w3.org/2000/svg";

/** An element with its properties and children; `on` holds listeners, `data` data attributes, null leaves one out. */
export function make(name, properties = {}, ...children) {
  return dressed(document.createElement(name), properties, children);
}

/** The same for SVG. */
export function draw(name, properties = {}, ...children) {
  return dressed(document.createElementNS(SVG, name), properties, children);
}

/** A symbol of the page's own set. */
export function icon(name) {
  const use = draw("use", { href: `#icon-${name}` });
  return draw("svg", { class: "icon", viewBox: "0 0 16 16", "aria-hidden": "true", focusable: "false" }, use);
}

export const byId = (id) => document.getElementById(id);

/** Shows an element with a text, or hides it where there is none. */
export function say(element, text) {
  element.textContent = text || "";
  element.hidden = !text;
}

/** Fills a container; returns the nodes that are new there.
 *
 * A child that looks the same as before stays, with its focus, its scroll position and the pointer on it. So what a child does
 * when it is used must follow from its markup, which names articles and sentences in data attributes. What had the focus (by
 * `data-focus`) has it again in the child that takes its place. */
export function refill(container, children) {
  const active = container.contains(document.activeElement) ? document.activeElement : null;
  const there = new Map();
  for (const node of container.childNodes) {
    const looks = markup(node);
    there.set(looks, [...(there.get(looks) ?? []), node]);
  }
  const nodes = children.map((child) => (typeof child === "string" ? document.createTextNode(child) : child));
  const added = [];
  const wanted = nodes.map((node) => there.get(markup(node))?.shift() ?? (added.push(node), node));
  for (const rest of there.values()) for (const node of rest) node.remove();
  let next = container.firstChild;
  for (const node of wanted) {
    if (node === next) next = next.nextSibling;
    else container.insertBefore(node, next);
  }
  if (active && document.activeElement !== active) focusAgain(container, active);
  return added;
}

const serializer = new XMLSerializer();
const markup = (node) => serializer.serializeToString(node);

function focusAgain(container, active) {
  const { focus } = active.dataset;
  const again = active.isConnected ? active : focus && [...container.querySelectorAll("[data-focus]")].find(({ dataset }) => dataset.focus === focus);
  (again || (focus && container.querySelector("[data-focus]")))?.focus?.({ preventScroll: true });
}

/** A text area as high as its text, where the browser does not see to it by itself. */
export function grown(area) {
  if (CSS.supports("field-sizing", "content")) return area;
  const grow = () => {
    area.style.blockSize = "auto";
    area.style.blockSize = `${area.scrollHeight + 2}px`;
  };
  for (const event of ["input", "focus"]) area.addEventListener(event, grow);
  requestAnimationFrame(grow);
  return area;
}

/** A function that waits until nobody has called it for so long; `now` runs it at once. */
export function debounced(run, milliseconds) {
  let timer = 0;
  const later = (wait = milliseconds) => {
    clearTimeout(timer);
    timer = setTimeout(run, wait);
  };
  later.now = () => {
    clearTimeout(timer);
    run();
  };
  return later;
}

function dressed(element, { on = {}, data = {}, ...attributes }, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "value") element.value = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  for (const [name, value] of Object.entries(data)) {
    if (value !== null && value !== undefined) element.dataset[name] = value;
  }
  for (const [name, listener] of Object.entries(on)) element.addEventListener(name, listener);
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

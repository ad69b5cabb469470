// Makes elements without markup: the page never parses a string as HTML.
const SVG = "http://www.w3.org/2000/svg";

/** A new element. `properties` are its attributes, of which null and false are omitted; `on` has its listeners, `data` its
 * data attributes. */
export function make(name, properties = {}, ...children) {
  return withProperties(document.createElement(name), properties, children);
}

/** A new SVG element, like `make`. */
export function makeSvg(name, properties = {}, ...children) {
  return withProperties(document.createElementNS(SVG, name), properties, children);
}

/** An icon of the page: a `<symbol>` of the template. */
export function icon(name) {
  const use = makeSvg("use", { href: `#icon-${name}` });
  return makeSvg("svg", { class: "icon", viewBox: "0 0 16 16", "aria-hidden": "true", focusable: "false" }, use);
}

export const byId = (id) => document.getElementById(id);

/** Shows an element with a text, or hides it if the text is empty. */
export function setTextOrHide(element, text) {
  element.textContent = text || "";
  element.hidden = !text;
}

/** Replaces the children of a container; returns the nodes that were added.
 *
 * A new child with the same markup as an existing one is not inserted: the existing element stays, and keeps its focus, its scroll
 * position and its listeners. So the listeners of a child must depend only on its markup, which names articles and sentences in
 * data attributes. If the focused element is replaced, the focus moves to the new element with the same `data-focus`. */
export function updateChildren(container, children) {
  const active = container.contains(document.activeElement) ? document.activeElement : null;
  const existing = new Map();
  for (const node of container.childNodes) {
    const html = markupOf(node);
    existing.set(html, [...(existing.get(html) ?? []), node]);
  }
  const nodes = children.map((child) => (typeof child === "string" ? document.createTextNode(child) : child));
  const added = [];
  const finalNodes = nodes.map((node) => existing.get(markupOf(node))?.shift() ?? (added.push(node), node));
  for (const leftover of existing.values()) for (const node of leftover) node.remove();
  let next = container.firstChild;
  for (const node of finalNodes) {
    if (node === next) next = next.nextSibling;
    else container.insertBefore(node, next);
  }
  if (active && document.activeElement !== active) restoreFocus(container, active);
  return added;
}

const serializer = new XMLSerializer();
const markupOf = (node) => serializer.serializeToString(node);

function restoreFocus(container, active) {
  const { focus } = active.dataset;
  const target = active.isConnected ? active : focus && [...container.querySelectorAll("[data-focus]")].find(({ dataset }) => dataset.focus === focus);
  (target || (focus && container.querySelector("[data-focus]")))?.focus?.({ preventScroll: true });
}

/** Makes a text area as high as its text, in browsers that cannot do so with CSS. Returns the text area. */
export function withAutoHeight(area) {
  if (CSS.supports("field-sizing", "content")) return area;
  const grow = () => {
    area.style.blockSize = "auto";
    area.style.blockSize = `${area.scrollHeight + 2}px`;
  };
  for (const event of ["input", "focus"]) area.addEventListener(event, grow);
  requestAnimationFrame(grow);
  return area;
}

/** A function that calls `run` when it was not called again for some milliseconds; its `now` calls `run` at once. */
export function debounced(run, milliseconds) {
  let timer = 0;
  const debouncedRun = (delay = milliseconds) => {
    clearTimeout(timer);
    timer = setTimeout(run, delay);
  };
  debouncedRun.now = () => {
    clearTimeout(timer);
    run();
  };
  return debouncedRun;
}

function withProperties(element, { on = {}, data = {}, ...attributes }, children) {
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

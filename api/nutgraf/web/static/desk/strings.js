// The texts of the page: strings.json, which the template contains.
const STRINGS = JSON.parse(document.getElementById("strings").textContent);
const plural = new Intl.PluralRules(STRINGS.language);
const number = new Intl.NumberFormat(STRINGS.language);

/** The text of a key, with its placeholders filled in; `count` chooses the singular or the plural. */
export function t(key, values = {}) {
  let form = STRINGS[key];
  if (form === undefined) return key;
  if (typeof form === "object") form = form[plural.select(values.count)] ?? form.other;
  return form.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === "number" ? number.format(value) : value;
  });
}

/** Whether a key has a text. */
export const hasString = (key) => key in STRINGS;

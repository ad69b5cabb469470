// What the page says, from strings.json as the template carries it.
const STRINGS = JSON.parse(document.getElementById("strings").textContent);
const plural = new Intl.PluralRules(STRINGS.language);
const number = new Intl.NumberFormat(STRINGS.language);

/** The string by its key, with values in its braces; `count` chooses between its forms. */
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

/** Whether there is such a string. */
export const known = (key) => key in STRINGS;

// A warning of the service, with what it is about and a link to what it means.
import { make } from "./dom.js";
import { t } from "./strings.js";

export function note({ code, detail }, about) {
  return make("li", {}, about, make("span", {}, detail), " ", make("a", { href: `/warnings#${code}`, "aria-label": `${t("why")} ${code}` }, t("why")));
}

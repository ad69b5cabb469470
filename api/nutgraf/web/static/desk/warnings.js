// A warning of the service, with what it is about and a link to what it means.
import { make } from "./dom.js";
import { warningText } from "./message_texts.js";
import { t } from "./strings.js";

export function note(warning, about) {
  const { code } = warning;
  return make("li", {}, about, make("span", {}, warningText(warning)), " ", make("a", { href: `/warnings#${code}`, "aria-label": `${t("why")} ${code}` }, t("why")));
}

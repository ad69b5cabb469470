// Shows a warning of the service, with the article that it concerns and a link to an explanation.
import { make } from "./dom.js";
import { warningText } from "./message_texts.js";
import { t } from "./strings.js";

export function warningItem(warning, subject) {
  const { code } = warning;
  return make("li", {}, subject, make("span", {}, warningText(warning)), " ", make("a", { href: `/warnings#${code}`, "aria-label": `${t("why")} ${code}` }, t("why")));
}

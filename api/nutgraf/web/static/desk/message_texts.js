// What the service says to programs -> what the page says to editors.
import { known, t } from "./strings.js";

/** A warning's sentence. */
export const warningText = ({ code, detail }) => (known(`warning_${code}`) ? t(`warning_${code}`) : detail);

/** A problem's sentence. */
export const problemText = ({ slug, message }) => (known(`problem_${slug}`) ? t(`problem_${slug}`) : message);

/** The sentence of an error at a place of the request. */
export function errorText({ pointer, detail }) {
  const most = Number(detail.match(/(?:at most|\bto) ([\d,]+)/)?.[1].replaceAll(",", ""));
  if (pointer === "/articles" && most) return t("too_many", { count: most });
  if (/\/(published|updated)_at$/.test(pointer)) return t("bad_time");
  if (most && /characters/.test(detail)) return t("too_long", { count: most });
  return detail;
}

// Replaces messages that the service writes for programmers by texts for editors.
import { hasString, t } from "./strings.js";

/** The text of a warning. */
export const warningText = ({ code, detail }) => (hasString(`warning_${code}`) ? t(`warning_${code}`) : detail);

/** The text of a problem. */
export const problemText = ({ slug, message }) => (hasString(`problem_${slug}`) ? t(`problem_${slug}`) : message);

/** The text of an error at one field of the request. */
export function errorText({ pointer, detail }) {
  const maximum = Number(detail.match(/(?:at most|\bto) ([\d,]+)/)?.[1].replaceAll(",", ""));
  if (pointer === "/articles" && maximum) return t("too_many", { count: maximum });
  if (/\/(published|updated)_at$/.test(pointer)) return t("bad_time");
  if (maximum && /characters/.test(detail)) return t("too_long", { count: maximum });
  return detail;
}

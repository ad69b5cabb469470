// What a file is, by its first bytes: names and endings lie.
const SIGNATURES = [
  ["pdf", "%PDF"], ["rtf", "{\\rtf"], ["old_office", "\xd0\xcf\x11\xe0"], ["archive", "\x1f\x8b"], ["archive", "7z\xbc\xaf"], ["archive", "Rar!"],
  ["picture", "\x89PNG"], ["picture", "\xff\xd8\xff"], ["picture", "GIF8"], ["picture", "II*\0"], ["picture", "MM\0*"], ["picture", "BM"],
];
const START_BYTES = 2000;
const MAIL_HEADER = /^(?:From |(?:Return-Path|Received|From|To|Subject|Date|Message-ID|MIME-Version|Delivered-To|Content-Type)\s*:)/i;
const BASE64_BYTES = 0x8000;

/** "pdf", "docx" and "email", which the service reads; "rtf", "old_office", "archive" and "picture", which nobody does; else "text". */
export function kindOf(bytes, name) {
  const all = latin1(bytes.subarray(0, START_BYTES));
  const start = all.replace(/^(?:\xef\xbb\xbf|\s)+/, "");
  if (all.startsWith("PK\x03\x04")) return holds(bytes, "word/document.xml") ? "docx" : "archive";
  if (start.startsWith("RIFF") && start.slice(8, 12) === "WEBP") return "picture";
  const kind = SIGNATURES.find(([, signature]) => start.startsWith(signature))?.[0];
  // "BM" begins words, too; a bitmap has zeros in its header.
  if (kind === "picture" && start.startsWith("BM") && !all.slice(0, 20).includes("\0")) return "text";
  if (kind) return kind;
  return /\.eml$/i.test(name) || (start.match(/^[\w-]+\s*:/gm)?.length > 2 && MAIL_HEADER.test(start)) ? "email" : "text";
}

/** Bytes as the API takes them in JSON. */
export function base64(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += BASE64_BYTES) text += latin1(bytes.subarray(at, at + BASE64_BYTES));
  return btoa(text);
}

const latin1 = (bytes) => String.fromCharCode(...bytes);

/** Whether a zip archive names such a file. Its list of files is at its end, and each file has its name before it. */
function holds(bytes, name) {
  const wanted = [...name].map((sign) => sign.charCodeAt(0));
  for (let at = bytes.indexOf(wanted[0]); at >= 0; at = bytes.indexOf(wanted[0], at + 1)) {
    if (wanted.every((code, offset) => bytes[at + offset] === code)) return true;
  }
  return false;
}

// Detects the kind of a file by its first bytes, because names and extensions can be wrong.
const SIGNATURES = [
  ["pdf", "%PDF"], ["rtf", "{\\rtf"], ["old_office", "\xd0\xcf\x11\xe0"], ["archive", "\x1f\x8b"], ["archive", "7z\xbc\xaf"], ["archive", "Rar!"],
  ["picture", "\x89PNG"], ["picture", "\xff\xd8\xff"], ["picture", "GIF8"], ["picture", "II*\0"], ["picture", "MM\0*"], ["picture", "BM"],
];
const START_BYTES = 2000;
const MAIL_HEADER = /^(?:From |(?:Return-Path|Received|From|To|Subject|Date|Message-ID|MIME-Version|Delivered-To|Content-Type)\s*:)/i;
const BASE64_BYTES = 0x8000;

/** The kind of a file: "pdf", "docx" or "email", which the service reads; "rtf", "old_office", "archive" or "picture", which
 * neither the service nor this page reads; otherwise "text". */
export function kindOf(bytes, name) {
  const start = decodeLatin1(bytes.subarray(0, START_BYTES));
  const trimmed = start.replace(/^(?:\xef\xbb\xbf|\s)+/, "");
  if (start.startsWith("PK\x03\x04")) return zipHasFile(bytes, "word/document.xml") ? "docx" : "archive";
  if (trimmed.startsWith("RIFF") && trimmed.slice(8, 12) === "WEBP") return "picture";
  const kind = SIGNATURES.find(([, signature]) => trimmed.startsWith(signature))?.[0];
  // A text can also start with "BM". Only a bitmap has zeros in its header.
  if (kind === "picture" && trimmed.startsWith("BM") && !start.slice(0, 20).includes("\0")) return "text";
  if (kind) return kind;
  return /\.eml$/i.test(name) || (trimmed.match(/^[\w-]+\s*:/gm)?.length > 2 && MAIL_HEADER.test(trimmed)) ? "email" : "text";
}

/** Bytes in Base64, as the API expects them in JSON. */
export function encodeBase64(bytes) {
  let text = "";
  for (let position = 0; position < bytes.length; position += BASE64_BYTES) text += decodeLatin1(bytes.subarray(position, position + BASE64_BYTES));
  return btoa(text);
}

const decodeLatin1 = (bytes) => String.fromCharCode(...bytes);

/** Whether a zip archive has a file with this name: the names are not compressed. */
function zipHasFile(bytes, name) {
  const nameCodes = [...name].map((character) => character.charCodeAt(0));
  for (let position = bytes.indexOf(nameCodes[0]); position >= 0; position = bytes.indexOf(nameCodes[0], position + 1)) {
    if (nameCodes.every((nameCode, offset) => bytes[position + offset] === nameCode)) return true;
  }
  return false;
}

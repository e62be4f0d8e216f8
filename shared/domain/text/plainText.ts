/** Control characters that no text needs; line ends and tabs stay. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/gu;

/**
 * Text as it may be stored: NFC, no control characters, no half of a surrogate pair, line ends as `\n`.
 * Never trimmed.
 */
export function storableText(text: string): string {
  return text.toWellFormed().replace(/\r\n?/gu, '\n').replace(controls, '').normalize('NFC');
}

/** As `storableText`, in one line. */
export function storableLine(text: string): string {
  return storableText(text).replace(/[\n\t\u2028\u2029]+/gu, ' ');
}

/** Whether there is anything to see: white space, invisible signs and direction marks alone are nothing. */
export function isBlank(text: string): boolean {
  return !/[^\s\p{Cf}\p{Cc}\u115f\u1160\u3164\uffa0]/u.test(text);
}

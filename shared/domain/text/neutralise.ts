/** What a spreadsheet takes for the beginning of a formula (full-width signs included), or for more cells. */
const dangerous = /^'*[=+\-@\t\r\n＝＋－＠]/;
const marked = /^'+[=+\-@\t\r\n＝＋－＠]/;

/**
 * A text that a spreadsheet shows and does not work out: it gets an apostrophe before it, as does one that has
 * apostrophes before such a sign already. So an import that takes one away gets the very text back.
 */
export function neutralised(text: string): string {
  return dangerous.test(text) ? `'${text}` : text;
}

/** The text that `neutralised` was given; in XLSX and vCard files nothing is put before a text. */
export function restored(text: string): string {
  return marked.test(text) ? text.slice(1) : text;
}

export function isDangerous(text: string): boolean {
  return dangerous.test(text);
}

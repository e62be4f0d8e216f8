/** The longest number that is configured, and the longest target that is dialled, in characters. */
const longestNumber = 32;
export const longestTarget = 40;

/** Digits with an optional leading `+`, and the `*` and `#` of service codes: as it stands in an address of SIP. */
export function isPlainNumber(text: string, longest = longestNumber): boolean {
  return text.length <= longest && /^\+?[0-9*#]+$/u.test(text);
}

/** An extension or a queue by the name that the PBX calls it. */
export function isLineName(text: string): boolean {
  return text.length <= longestTarget && /^[A-Za-z0-9][\w.-]*$/u.test(text);
}

/** A number without the blanks, brackets and dashes it is written with. */
export function plainNumber(written: string): string {
  return written.normalize('NFKC').replace(/[\s\p{Cf}()/.\-‐-―]/gu, '');
}

/** Whether typed text is meant as a phone number: digits with the usual separators, at least three of them. */
export function looksLikeNumber(text: string): boolean {
  const folded = text.normalize('NFKC').trim();
  const digits = folded.replace(/\D/gu, '');
  return digits.length >= 3 && /^\+?[\d\s()./#*-]+$/u.test(folded);
}

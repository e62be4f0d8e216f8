const allowed = /^(?:https:\/\/|mailto:|tel:)/iu;

/** The address of a link in an article, or nothing where the shells would not open it: https, mail and telephone only. */
export function safeAddress(address: string): string {
  // A browser leaves out what stands between the letters of a scheme.
  const clean = [...address]
    .filter((sign) => (sign.codePointAt(0) ?? 0) > 0x20 && sign !== '\u007f')
    .join('');
  return allowed.test(clean) ? clean : '';
}

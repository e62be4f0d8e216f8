import { z } from 'zod';

export const languages = ['en', 'zh-CN'] as const;
export const languageSchema = z.enum(languages);
export type Language = z.infer<typeof languageSchema>;

/** A text that administrators enter in both languages, such as a queue's name. */
export const bilingualSchema = z.object({ en: z.string(), 'zh-CN': z.string() });
export type Bilingual = z.infer<typeof bilingualSchema>;

/** Unicode NFC on the way in, never trimmed (domain rule "Text"). */
export function normalizeText(text: string): string {
  return text.normalize('NFC');
}

/** Comparison key: NFKC folds full-width to half-width, case and inner white space are folded too. */
export function foldText(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim();
}

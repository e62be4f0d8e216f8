import { wordOf } from '#shared/domain/reports/texts.ts';
import type { Language } from '#shared/domain/text/text.ts';
import complaintsEn from '#shared/locales/en/complaints.json' with { type: 'json' };
import complaintsZh from '#shared/locales/zh-CN/complaints.json' with { type: 'json' };
import { ticketStateWords, ticketTypeWords } from '../importing/values/words.ts';

const complaintTexts = { en: complaintsEn, 'zh-CN': complaintsZh };

/** What people call a value of a closed list; words of reports, and those that other screens have for it. */
export function wordIn(language: Language, list: string, name: string): string {
  switch (list) {
    case 'ticketType':
      return ticketTypeWords.write(name, language);
    case 'ticketState':
      return ticketStateWords.write(name, language);
    case 'level':
    case 'stage': {
      const words: Record<string, string> = complaintTexts[language][`${list}s`];
      return words[name] ?? name;
    }
    default:
      return wordOf(language, list, name);
  }
}

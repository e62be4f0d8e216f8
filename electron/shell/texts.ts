import type { Language } from '#shared/domain/text/text.ts';
import commonEn from '#shared/locales/en/common.json' with { type: 'json' };
import en from '#shared/locales/en/electron.json' with { type: 'json' };
import commonZh from '#shared/locales/zh-CN/common.json' with { type: 'json' };
import zh from '#shared/locales/zh-CN/electron.json' with { type: 'json' };

/** What the system shows for us outside of the window: tray, notifications, menus, dialogs. */
export type ShellTexts = typeof en & Pick<typeof commonEn, 'breakReason' | 'agentState'>;

export function textsOf(language: Language): ShellTexts {
  if (language === 'zh-CN') {
    return { ...zh, breakReason: commonZh.breakReason, agentState: commonZh.agentState };
  }
  return { ...en, breakReason: commonEn.breakReason, agentState: commonEn.agentState };
}

/** Puts values in the place of `{{name}}`. */
export function fill(text: string, values: Record<string, string>): string {
  return text.replaceAll(/\{\{(\w+)\}\}/gu, (whole, name: string) => values[name] ?? whole);
}

/** The first language of the system that we speak; English where it speaks none of ours. */
export function languageOf(preferred: readonly string[]): Language {
  const known = preferred.find((tag) => /^(?:zh|en)\b/iu.test(tag));
  return known && /^zh\b/iu.test(known) ? 'zh-CN' : 'en';
}

import type { HomePlan } from './homePlan.ts';

/** Letters on the keypad, ITU-T E.161 §3.1. */
const KEYS = '22233344455566677778889999';
/** Freephone codes only: behind other digits letters are somebody's name. */
const NORTH_AMERICA = /^\+?1?(8(?:00|33|44|55|66|77|88))(?=[A-Z\d]*[A-Z]{3})([A-Z2-9][A-Z\d]{6})/;
const FREEPHONE = /^(0?80[08]|400)(?=[A-Z\d]*[A-Z]{3})([A-Z\d]{6,7})/;

/**
 * The number of a word spelled in letters (1-800-FLOWERS; superfluous letters are dropped), or `undefined`.
 * North American ones come with `+1`.
 */
export function spellVanity(text: string, plan: HomePlan): string | undefined {
  if (!/^[+\d(][^a-z]{2,12}[a-z]/i.test(text)) return undefined;
  const packed = text.toUpperCase().replace(/[\s().\-/]/g, '');
  const american = plan.trunkPrefix === '1' || /^\+?1/.test(packed);
  const match = (american ? NORTH_AMERICA : FREEPHONE).exec(packed);
  if (!match) return undefined;
  const [, prefix = '', word = ''] = match;
  const digits = prefix + word.replace(/[A-Z]/g, keyOf);
  return american ? `+1${digits}` : digits;
}

function keyOf(letter: string): string {
  return KEYS.charAt(letter.charCodeAt(0) - 65);
}

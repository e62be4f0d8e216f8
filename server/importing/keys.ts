import { foldText } from '#shared/domain/text/text.ts';
import type { Draft } from './rows/draft.ts';

/** Names by which a record is found: `no:K1`, `at:+8613800138000` (any contact point in its normal form). */
export function noKey(no: string): string {
  return `no:${no}`;
}

export function pointKey(normal: string): string {
  return `at:${normal}`;
}

/** What becomes `Draft.names`. */
export function namesOf({ own, points }: Pick<Draft, 'own' | 'points'>): string[] {
  const names = [...own];
  for (const { normal } of points) {
    const key = normal === null ? null : pointKey(normal);
    if (key !== null && !names.includes(key)) names.push(key);
  }
  return names;
}

export function emailNormal(email: string): string {
  return foldText(email);
}

export function partOf(key: string): string {
  return key.slice(key.indexOf(':') + 1);
}

export function isNoKey(key: string): boolean {
  return key.startsWith('no:');
}

import { foldText } from '#shared/domain/text.ts';

/** Names by which a record is found: `no:K1`, `at:+8613800138000` (any contact point in its normal form). */
export function noKey(no: string): string {
  return `no:${no}`;
}

export function pointKey(normal: string): string {
  return `at:${normal}`;
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

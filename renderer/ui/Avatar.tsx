import type { ReactNode } from 'react';
import styles from './Avatar.module.css';
import { cx } from './cx.ts';

const cjk = /\p{Script=Han}/u;

/** `Maria Keller` → `MK`, `王丽华` → `王`; the first letter where there is one word. */
export function initialsOf(name: string): string {
  const trimmed = name.trim();
  const first = [...trimmed][0];
  if (first === undefined) return '·';
  if (cjk.test(first)) return first;
  const words = trimmed.split(/\s+/u);
  const last = words.length > 1 ? [...(words.at(-1) ?? '')][0] : undefined;
  return `${first}${last ?? ''}`.toUpperCase();
}

/** Initials in a circle, or an icon. Decoration: the name always stands beside it. */
export function Avatar({
  name,
  size = 32,
  tone = 'plain',
  icon,
}: {
  name: string;
  size?: 20 | 24 | 32 | 40 | 48;
  tone?: 'plain' | 'accent';
  icon?: ReactNode;
}) {
  return (
    <span
      className={cx(styles.avatar, styles[`size${size}`], tone === 'accent' && styles.accent)}
      aria-hidden="true"
    >
      {icon ?? initialsOf(name)}
    </span>
  );
}

import type { ReactNode } from 'react';
import { keysOf, type ShortcutId, useShortcut } from '../../app/hotkeys.ts';
import { keysForReading } from '../../ui/keys.ts';
import styles from './CallControls.module.css';

/** One of the call's controls: an icon over a word, with its key. */
export function Control({
  id,
  label,
  icon,
  pressed,
  expanded,
  strong = false,
  onClick,
}: {
  id: ShortcutId;
  label: string;
  icon: ReactNode;
  pressed?: boolean | undefined;
  expanded?: boolean | undefined;
  /** The step that comes next, such as putting the caller through. */
  strong?: boolean;
  onClick: () => void;
}) {
  useShortcut(id, onClick);
  return (
    <button
      type="button"
      className={styles.control}
      aria-pressed={pressed}
      aria-expanded={expanded}
      aria-keyshortcuts={keysOf(id)}
      title={`${label} (${keysForReading(keysOf(id))})`}
      data-testid={id.replace('.', '-')}
      data-strong={strong || undefined}
      onClick={onClick}
    >
      {icon}
      {label}
    </button>
  );
}

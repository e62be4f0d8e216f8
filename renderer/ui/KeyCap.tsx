import styles from './KeyCap.module.css';
import { keysForReading } from './keys.ts';

/** Shows `Alt+A` as this platform writes it. Silent: the button itself tells `aria-keyshortcuts`. */
export function KeyCap({ keys }: { keys: string }) {
  return (
    <span className={styles.frame} aria-hidden="true">
      <kbd className={styles.cap}>{keysForReading(keys)}</kbd>
    </span>
  );
}

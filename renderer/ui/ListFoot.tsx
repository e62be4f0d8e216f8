import type { ReactNode } from 'react';
import { KeyCap } from './KeyCap.tsx';
import styles from './ListFoot.module.css';

/** The line below a list: how many rows there are, what is amiss, and at its end the keys. */
export function ListFoot({
  children,
  keys = [],
}: {
  children: ReactNode;
  keys?: readonly { caps: readonly string[]; words: string }[];
}) {
  return (
    <footer className={styles.foot}>
      {children}
      {keys.length === 0 ? null : (
        <span className={styles.keys}>
          {keys.map(({ caps, words }) => (
            <span key={words} className={styles.key}>
              {caps.map((cap) => (
                <KeyCap key={cap} keys={cap} />
              ))}
              {words}
            </span>
          ))}
        </span>
      )}
    </footer>
  );
}

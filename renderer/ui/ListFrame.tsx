import type { ReactNode } from 'react';
import styles from './ListFrame.module.css';

/** Around a list that scrolls by itself (`.scroll`, and in it what takes the focus): the place of its focus ring. */
export function ListFrame({ children }: { children: ReactNode }) {
  return <div className={styles.frame}>{children}</div>;
}

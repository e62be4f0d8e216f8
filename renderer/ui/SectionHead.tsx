import type { ReactNode } from 'react';
import styles from './SectionHead.module.css';

/** Head of a block in a column: icon, title, a quiet count, an action at the end. */
export function SectionHead({
  icon,
  title,
  count,
  action,
}: {
  icon?: ReactNode;
  title: ReactNode;
  count?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <h3 className={styles.head}>
      {icon}
      {title}
      {count === undefined ? null : <span className={styles.count}>{count}</span>}
      {action ? <span className={styles.action}>{action}</span> : null}
    </h3>
  );
}

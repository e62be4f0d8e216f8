import type { ReactNode, Ref, TableHTMLAttributes } from 'react';
import { cx } from './cx.ts';
import { ListFrame } from './ListFrame.tsx';
import styles from './ListTable.module.css';
import { Table } from './Table.tsx';

/** A list of rows that fills its column: it scrolls by itself under a head that stays, and its rows are chosen. */
export function ListTable({
  ref,
  footer,
  className,
  ...rest
}: TableHTMLAttributes<HTMLTableElement> & {
  /** The part that scrolls. */
  ref?: Ref<HTMLDivElement>;
  /** Below the last row, inside of what scrolls. */
  footer?: ReactNode;
}) {
  return (
    <ListFrame>
      <div ref={ref} className={cx('scroll', styles.rows)}>
        <Table className={cx(styles.table, className) ?? ''} {...rest} />
        {footer}
      </div>
    </ListFrame>
  );
}

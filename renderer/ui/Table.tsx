import type { Ref, TableHTMLAttributes } from 'react';
import { cx } from './cx.ts';
import styles from './Table.module.css';

/** A table of rows 32 px high. Cells that hold numbers carry `data-number`. */
export function Table({
  className,
  ...rest
}: TableHTMLAttributes<HTMLTableElement> & { ref?: Ref<HTMLTableElement> }) {
  return <table className={cx(styles.table, className)} {...rest} />;
}

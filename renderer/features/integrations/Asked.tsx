import { useEffect, useRef } from 'react';
import { Button } from '../../ui/Button.tsx';
import styles from './integrations.module.css';

/** Asks once more, in place, before something that cannot be taken back. */
export function Asked({
  text,
  yes,
  no,
  onYes,
  onNo,
}: {
  text: string;
  yes: string;
  no: string;
  onYes: () => void;
  onNo: () => void;
}) {
  const keep = useRef<HTMLButtonElement>(null);
  useEffect(() => keep.current?.focus(), []);
  return (
    <div
      className={styles.asked}
      role="alertdialog"
      aria-label={text}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onNo();
      }}
    >
      <p className="grow">{text}</p>
      <Button size="sm" data-testid="asked-yes" onClick={onYes}>
        {yes}
      </Button>
      <Button size="sm" ref={keep} data-testid="asked-no" onClick={onNo}>
        {no}
      </Button>
    </div>
  );
}

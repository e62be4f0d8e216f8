import { IconEar } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { DeskCall } from '#shared/contract/models/calls.ts';
import styles from './LineState.module.css';

type Listener = NonNullable<DeskCall['listener']>;
type Words = (key: string, values: Record<string, unknown>) => string;

/** Who hears the call, and who hears them. */
export function listenerWords(listener: Listener, t: Words): string {
  return t(`listener.${listener.mode}`, { who: listener.name });
}

/** A supervisor takes part: said plainly, for as long as it lasts. */
export function ListenerMark({ listener }: { listener: Listener }) {
  const { t } = useTranslation('callBar');
  const words = listenerWords(listener, t);
  return (
    <span className={styles.listener} title={words} data-testid="listener">
      <IconEar size={14} aria-hidden="true" />
      <span className="cut">{words}</span>
    </span>
  );
}

import { IconCloudOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '#shared/result.ts';
import { useFailureText } from '../../i18n/useFailureText.ts';
import { useDesk } from '../../store/desk.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import styles from './tickets.module.css';

/** A list that could not be read, with the way to try again. */
export function ListFailed({
  title,
  failure,
  onAgain,
}: {
  title: string;
  failure: Failure;
  onAgain: () => void;
}) {
  const { t } = useTranslation('common');
  const textOf = useFailureText();
  return (
    <div role="alert">
      <EmptyState
        icon={<IconCloudOff size={20} aria-hidden="true" />}
        title={title}
        text={textOf(failure)}
        action={<Button onClick={onAgain}>{t('actions.retry')}</Button>}
      />
    </div>
  );
}

const placeholderRows = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

/** Rows on their way, in the place where they will stand. */
export function SkeletonRows({ columns }: { columns: number }) {
  return placeholderRows.map((row) => (
    <tr key={row}>
      {Array.from({ length: columns }, (_, column) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the bars are all alike and never move
        <td key={column}>
          <Skeleton widths={[70]} />
        </td>
      ))}
    </tr>
  ));
}

/** Says that a list shows what this desk last knew. */
export function OfflineMark() {
  const { t } = useTranslation('fields');
  const offline = useDesk((desk) => desk.sync.state === 'offline');
  if (!offline) return null;
  return (
    <span className={styles.waiting} role="status">
      <IconCloudOff size={14} aria-hidden="true" />
      {t('offline')}
    </span>
  );
}

import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatTime } from '../../i18n/format.ts';
import { cx } from '../../ui/cx.ts';
import styles from './fields.module.css';

function withSeconds(at: number): string {
  return `${formatTime(at)}:${String(new Date(at).getSeconds()).padStart(2, '0')}`;
}

/** Tells that what was typed is stored on this desk, and since when. */
export function DraftMark({ draft }: { draft: { savedAt: number | null; failed: boolean } }) {
  const { t } = useTranslation('fields');
  if (draft.failed) {
    return (
      <span className={cx(styles.draft, styles.draftFailed)} role="status" data-testid="draft-mark">
        <IconAlertTriangle size={14} aria-hidden="true" />
        {t('draftFailed')}
      </span>
    );
  }
  return (
    <span className={styles.draft} data-testid="draft-mark">
      {draft.savedAt === null ? null : (
        <>
          <IconCheck size={14} aria-hidden="true" />
          {t('draftSaved', { time: withSeconds(draft.savedAt) })}
        </>
      )}
    </span>
  );
}

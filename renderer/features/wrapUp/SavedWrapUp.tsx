import { IconHistory, IconListCheck, IconPencil } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { JournalEntry } from '#shared/contract/models/records.ts';
import { editableUntil, editRefusal } from '#shared/domain/calls/wrapUpRules.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { useDesk, usePart } from '../../store/desk.ts';
import { Button } from '../../ui/Button.tsx';
import { deskNow } from '../../ui/clock.ts';
import { Pill } from '../../ui/Pill.tsx';
import styles from './wrapUp.module.css';

type Saved = NonNullable<JournalEntry['wrapUp']>;

/** Until when this user may change the wrap-up, ms UTC; null: not, or not any more. */
export function useEditableUntil(wrapUp: Saved | null): number | null {
  const userId = useDesk((desk) => desk.session.user?.id ?? '');
  const rules = usePart('wrapUps');
  if (!wrapUp || !rules) return null;
  const refusal = editRefusal(wrapUp, { userId, at: deskNow() }, rules);
  return refusal === null ? editableUntil(wrapUp, rules) : null;
}

/** Opens the form that changes a saved wrap-up. */
export function EditButton({ onClick }: { onClick: () => void }) {
  const { t } = useTranslation('wrapUp');
  return (
    <Button
      size="sm"
      icon={<IconPencil size={14} aria-hidden="true" />}
      data-testid="wrap-up-change"
      onClick={onClick}
    >
      {t('edit.open')}
    </Button>
  );
}

function Tags({ tags }: { tags: readonly string[] }) {
  return (
    <ul className={styles.tags} data-testid="saved-tags">
      {tags.map((tag) => (
        <li key={tag}>
          <Pill tone="outline" title={tag}>
            <span className="cut">{tag}</span>
          </Pill>
        </li>
      ))}
    </ul>
  );
}

/** What a saved wrap-up has beside disposition, result and notes: tags, the way through the script, what it was before. */
export function SavedWrapUp({
  wrapUp,
  dispositionName,
}: {
  wrapUp: Saved;
  dispositionName: (id: string) => string | null;
}) {
  const { t } = useTranslation(['wrapUp', 'fields']);
  const format = useFormat();
  const { tags, script, edits } = wrapUp;
  return (
    <>
      {tags.length > 0 ? <Tags tags={tags} /> : null}
      {script ? (
        <details className={styles.more} data-testid="saved-script">
          <summary>
            <IconListCheck size={14} aria-hidden="true" />
            {t('scriptAnswers')}
          </summary>
          <dl>
            {script.steps.map((step, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a loop passes a node twice
              <div key={`${step.nodeId}/${index}`}>
                <dt>{step.said}</dt>
                <dd>{step.answer}</dd>
              </div>
            ))}
          </dl>
        </details>
      ) : null}
      {edits.length > 0 ? (
        <details className={styles.more} data-testid="saved-history">
          <summary>
            <IconHistory size={14} aria-hidden="true" />
            {t('history.count', { count: edits.length })}
          </summary>
          <dl>
            {edits.map(({ at, before }) => (
              <div key={at}>
                <dt>
                  {t('history.before', { time: format.moment(at) })} ·{' '}
                  {dispositionName(before.dispositionId)} · {t(`fields:results.${before.result}`)}
                </dt>
                <dd>{before.notes}</dd>
              </div>
            ))}
          </dl>
        </details>
      ) : null}
    </>
  );
}

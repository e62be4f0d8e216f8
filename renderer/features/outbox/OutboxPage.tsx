import { IconArrowsDiff, IconCheck, IconRefresh } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { mostOutboxEntries, type OutboxEntry } from '#shared/contract/methods/outbox.ts';
import { useRun } from '../../app/bridge.tsx';
import { goTo, useRoute } from '../../app/routes.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { useDesk } from '../../store/desk.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Page } from '../../ui/Page.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { ListFailed } from '../tickets/ListStates.tsx';
import styles from './outbox.module.css';
import { RefusedEditor } from './RefusedEditor.tsx';
import { RefusedItem } from './RefusedItem.tsx';
import { useOutbox } from './useOutbox.ts';
import { WaitingList } from './WaitingList.tsx';

/** How much waits and since when, when the server was last heard, and the way to try now. */
function OutboxHead() {
  const { t } = useTranslation('outbox');
  const format = useFormat();
  const run = useRun();
  const sync = useDesk((desk) => desk.sync);
  const words =
    sync.waiting > 0 && sync.waitingSince !== null
      ? t('line.waiting', { count: sync.waiting, time: format.moment(sync.waitingSince) })
      : t('line.nothing');
  return (
    <>
      <p className="muted cut grow" role="status" data-testid="outbox-line">
        {words}
        {sync.state === 'offline' ? ` · ${t('line.offline')}` : ''}
        {sync.lastSyncAt === null
          ? ''
          : ` · ${t('line.lastSync', { time: format.moment(sync.lastSyncAt) })}`}
        {sync.comparing === null
          ? ''
          : ` · ${t('progress.comparing')} (${sync.comparing.done} / ${sync.comparing.of})`}
      </p>
      {sync.state === 'online' ? (
        <Button
          variant="ghost"
          icon={<IconArrowsDiff size={16} aria-hidden="true" />}
          disabled={sync.comparing !== null}
          data-testid="outbox-compare"
          onClick={() => void run('sync.compare', {})}
        >
          {t('line.compare')}
        </Button>
      ) : null}
      {sync.waiting > 0 ? (
        <Button
          icon={<IconRefresh size={16} aria-hidden="true" />}
          data-testid="outbox-send-now"
          onClick={() => void run('sync.retry', {})}
        >
          {t('line.sendNow')}
        </Button>
      ) : null}
    </>
  );
}

function Refused({
  refused,
  selectedId,
}: {
  refused: readonly OutboxEntry[];
  selectedId: string | null;
}) {
  const { t } = useTranslation('outbox');
  const run = useRun();
  // The form that is open sends its own, with what is typed there.
  // A step that came too late would be refused again as it is.
  const others = refused.filter(
    ({ operationId, step }) => operationId !== selectedId && step === null,
  );
  const retryAll = () =>
    void run('outbox.retry', { operationIds: others.map(({ operationId }) => operationId) });
  return (
    <section className={styles.section} aria-label={t('refused.region')}>
      <SectionHead
        title={t('refused.title')}
        count={refused.length}
        action={
          others.length > 1 ? (
            <Button size="sm" data-testid="outbox-retry-all" onClick={retryAll}>
              {t('refused.retryAll')}
            </Button>
          ) : undefined
        }
      />
      <p className="small">{t('refused.hint')}</p>
      <ul>
        {refused.map((entry) => (
          <RefusedItem
            key={entry.operationId}
            entry={entry}
            selected={entry.operationId === selectedId}
            onEdit={() => goTo('outbox', entry.operationId)}
          />
        ))}
      </ul>
    </section>
  );
}

function Lists({
  entries,
  selectedId,
}: {
  entries: readonly OutboxEntry[];
  selectedId: string | null;
}) {
  const { t } = useTranslation('outbox');
  const count = useDesk((desk) => desk.sync.waiting);
  const refused = entries.filter(({ refusal }) => refusal !== null);
  const waiting = entries.filter(({ refusal }) => refusal === null);
  if (entries.length === 0) {
    return (
      <EmptyState
        icon={<IconCheck size={20} aria-hidden="true" />}
        title={t('empty.title')}
        text={t('empty.text')}
      />
    );
  }
  return (
    <>
      {refused.length > 0 ? <Refused refused={refused} selectedId={selectedId} /> : null}
      {waiting.length > 0 ? (
        <section className={styles.section} aria-label={t('waiting.region')}>
          <SectionHead title={t('waiting.title')} count={count} />
          <p className="small">{t('waiting.hint')}</p>
          <WaitingList waiting={waiting} />
          {entries.length === mostOutboxEntries ? (
            <p className="small">{t('waiting.capped', { count: waiting.length })}</p>
          ) : null}
        </section>
      ) : null}
    </>
  );
}

/** Changes of this desk that the server does not have: what waits, what was refused, and what to do about it. */
export function OutboxPage() {
  const { t } = useTranslation('outbox');
  const { id } = useRoute();
  const { data, failure, reload } = useOutbox();
  const edited = data?.find(({ operationId, refusal }) => refusal !== null && operationId === id);
  const page = useRef<HTMLDivElement>(null);
  const leaveEditor = (operationId: string) => {
    goTo('outbox');
    // Back to where the form was opened, or to the first change that is left.
    const item = page.current?.querySelector(`[data-operation-id="${operationId}"]`);
    (item ?? page.current)?.querySelector('button')?.focus();
  };
  return (
    <Page
      ref={page}
      testId="outbox-page"
      label={t('title')}
      head={<OutboxHead />}
      sideWidth="middle"
      side={
        edited ? (
          <RefusedEditor
            key={edited.operationId}
            entry={edited}
            onDone={() => leaveEditor(edited.operationId)}
          />
        ) : null
      }
    >
      {failure ? <ListFailed title={t('failed')} failure={failure} onAgain={reload} /> : null}
      {!failure && !data ? <Skeleton widths={[70, 50, 70, 50]} /> : null}
      {data ? <Lists entries={data} selectedId={edited?.operationId ?? null} /> : null}
    </Page>
  );
}

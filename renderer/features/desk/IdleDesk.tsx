import {
  IconCoffee,
  IconHeadset,
  IconPhoneIncoming,
  IconPhoneOutgoing,
  IconPhoneX,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { JournalEntry } from '#shared/contract/models/records.ts';
import { useQuery } from '../../app/bridge.tsx';
import { keysOf } from '../../app/hotkeys.ts';
import { hrefOf } from '../../app/routes.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { useDesk, useTakesCalls } from '../../store/desk.ts';
import { openCustomer } from '../../store/window.ts';
import { deskNow } from '../../ui/clock.ts';
import { cx } from '../../ui/cx.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { KeyCap } from '../../ui/KeyCap.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { TaskLine } from '../tasks/TaskLine.tsx';
import { dayFacts } from './dayFacts.ts';
import styles from './IdleDesk.module.css';

const shownCalls = 12;
const shownTasks = 8;

function Facts({ entries }: { entries: readonly JournalEntry[] }) {
  const { t } = useTranslation('shell');
  const format = useFormat();
  const facts = dayFacts(entries, deskNow());
  const cells = [
    ['calls', String(facts.calls)],
    ['talk', format.clock(facts.talkMs)],
    ['mean', facts.meanTalkMs === null ? '–' : format.clock(facts.meanTalkMs)],
    ['missed', String(facts.missed)],
  ] as const;
  return (
    <dl className={styles.facts}>
      {cells.map(([name, value]) => (
        <div key={name}>
          <dt>{t(`idle.facts.${name}`)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Three steps to the first call, for somebody who has not had one yet. */
function FirstSteps() {
  const { t } = useTranslation('shell');
  const practice = useDesk((desk) => desk.session.practice !== null);
  const ready = useDesk((desk) => desk.agent.state === 'ready');
  const steps = [
    { words: t('idle.first.ready'), keys: keysOf('agent.state'), done: ready },
    {
      words: practice ? t('idle.first.practiceRings') : t('idle.first.rings'),
      keys: keysOf('call.answer'),
      done: false,
    },
    { words: t('idle.first.wrapUp'), keys: keysOf('wrapUp.finish'), done: false },
  ];
  const now = steps.findIndex((step) => !step.done);
  return (
    <section className={styles.first} aria-labelledby="first-steps" data-testid="first-steps">
      <h2 id="first-steps">{t('idle.first.title')}</h2>
      <p className="muted">{practice ? t('idle.first.practice') : t('idle.first.text')}</p>
      <ol>
        {steps.map((step, at) => (
          <li key={step.words} className={cx(styles.step, at === now && styles.stepNow)}>
            <span className={styles.number} aria-hidden="true">
              {at + 1}
            </span>
            <span className="grow">{step.words}</span>
            <KeyCap keys={step.keys} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function CallLine({ entry }: { entry: JournalEntry }) {
  const { t } = useTranslation('shell');
  const format = useFormat();
  const disposition = useDesk((desk) =>
    desk.configuration?.dispositions.find((one) => one.id === entry.wrapUp?.dispositionId),
  );
  const answered = entry.talkMs !== null;
  const Icon = !answered
    ? IconPhoneX
    : entry.direction === 'out'
      ? IconPhoneOutgoing
      : IconPhoneIncoming;
  const name = entry.customerName ?? (entry.numberDisplay || t('common:numberWithheld'));
  const leaf = disposition?.path.at(-1);
  const about = leaf
    ? format.text(leaf)
    : entry.result
      ? t(`common:callResult.${entry.result}`)
      : t('idle.noWrapUp');
  const { customerId } = entry;
  return (
    <li className={styles.call}>
      <time>{format.moment(entry.at)}</time>
      <span className={answered ? 'muted' : 'tone-warn'}>
        <Icon size={16} aria-hidden="true" />
        <span className="for-readers">{t(`common:direction.${entry.direction}`)}</span>
      </span>
      {customerId ? (
        <button type="button" className={styles.name} onClick={() => openCustomer(customerId)}>
          {name}
        </button>
      ) : (
        <span className="cut">{name}</span>
      )}
      <span className={cx(styles.about, 'cut')}>{about}</span>
      <span className={styles.talk}>
        {entry.talkMs === null ? '–' : format.clock(entry.talkMs)}
      </span>
    </li>
  );
}

/** Between calls: how the day stands, what is due, whom you spoke with. */
export function IdleDesk() {
  const { t } = useTranslation('shell');
  const journal = useQuery('journal.list', { whose: 'mine', limit: 100 }, [
    'call',
    'wrapUp',
    'contact',
  ]);
  const tasks = useQuery('tasks.list', { whose: 'mine', limit: 500 }, ['task']);
  const entries = journal.data ?? [];
  const due = (tasks.data ?? [])
    .filter((task) => task.state === 'open')
    .sort((a, b) => a.dueAt - b.dueAt);
  const takesCalls = useTakesCalls();
  const newcomer =
    takesCalls && journal.data !== null && entries.every((entry) => entry.talkMs === null);
  return (
    <div className={styles.idle} data-testid="idle-desk">
      <div className={cx(styles.column, 'scroll')} data-region="3">
        <section className={styles.block}>
          <SectionHead title={t('idle.today')} />
          <Facts entries={entries} />
        </section>
        {newcomer ? <FirstSteps /> : null}
        <section className={styles.block}>
          <SectionHead
            icon={<IconHeadset size={16} aria-hidden="true" />}
            title={t('idle.lastCalls')}
            action={<a href={hrefOf('journal')}>{t('idle.allCalls')}</a>}
          />
          {journal.loading ? <Skeleton widths={[70, 60, 65]} /> : null}
          {journal.failure ? (
            <p className="tone-error">{t(`errors:${journal.failure.code}`)}</p>
          ) : null}
          {journal.data && entries.length === 0 ? (
            <p className="muted">{t('idle.noCalls')}</p>
          ) : null}
          <ul data-testid="last-calls">
            {entries.slice(0, shownCalls).map((entry) => (
              <CallLine key={entry.callId} entry={entry} />
            ))}
          </ul>
        </section>
      </div>
      <div className={cx(styles.column, styles.soft, 'scroll')} data-region="4">
        <section className={styles.block}>
          <SectionHead
            title={t('idle.due')}
            count={due.length}
            action={<a href={hrefOf('tasks')}>{t('idle.allTasks')}</a>}
          />
          {tasks.loading ? <Skeleton /> : null}
          {tasks.data && due.length === 0 ? (
            <EmptyState
              icon={<IconCoffee size={20} aria-hidden="true" />}
              title={t('idle.nothingDue')}
              text={t('idle.nothingDueText')}
            />
          ) : null}
          <ul>
            {due.slice(0, shownTasks).map((task) => (
              <TaskLine key={task.id} task={task} />
            ))}
          </ul>
        </section>
      </div>
    </div>
  );
}

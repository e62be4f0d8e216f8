import { IconUsers } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { DuplicatePair } from '#shared/contract/methods/quality.ts';
import { useInvoke, useRun } from '../../app/bridge.tsx';
import { goTo } from '../../app/routes.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { useDesk } from '../../store/desk.ts';
import { tell } from '../../store/window.ts';
import { Button } from '../../ui/Button.tsx';
import { ClassBadge } from '../../ui/ClassBadge.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Table } from '../../ui/Table.tsx';
import { mergeRouteId } from './mergeRoute.ts';
import styles from './quality.module.css';
import { Reasons } from './Reasons.tsx';
import { useWalk } from './useWalk.ts';
import { WalkLine } from './WalkLine.tsx';

const most = 500;

type Paired = DuplicatePair['a'];

function One({ customer }: { customer: Paired }) {
  const { t } = useTranslation('quality');
  const format = useFormat();
  const facts = [
    customer.reach,
    customer.birthday ? format.date(customer.birthday) : null,
    customer.lastContactAt === null
      ? null
      : t('duplicates.lastContact', { date: format.shortDate(customer.lastContactAt) }),
  ].filter((fact) => fact !== null);
  return (
    <div className={styles.one}>
      <span className="cut medium">{customer.name}</span>
      <ClassBadge valueClass={customer.valueClass} />
      <span className="cut small">{facts.join(' · ')}</span>
    </div>
  );
}

/** The one with the better class, then the one heard of last, stays. */
function inOrder({ a, b }: DuplicatePair): [Paired, Paired] {
  if (a.valueClass !== b.valueClass) return a.valueClass < b.valueClass ? [a, b] : [b, a];
  return (b.lastContactAt ?? 0) > (a.lastContactAt ?? 0) ? [b, a] : [a, b];
}

const keyOf = ({ a, b }: DuplicatePair) => `${a.customerId} ${b.customerId}`;

function Row({ pair, onSettled }: { pair: DuplicatePair; onSettled: () => void }) {
  const { t } = useTranslation('quality');
  const run = useRun();
  const [winner, loser] = inOrder(pair);
  const notDuplicate = async () => {
    const ids = { aId: winner.customerId, bId: loser.customerId };
    if (!(await run('quality.notDuplicate', ids))) return;
    tell(t('duplicates.noted'));
    onSettled();
  };
  return (
    <tr data-testid="duplicate-pair">
      <td className={styles.score}>{t('duplicates.score', { score: pair.score })}</td>
      <td>
        <One customer={winner} />
        <One customer={loser} />
      </td>
      <td className={styles.why}>
        <Reasons reasons={pair.reasons} />
      </td>
      <td className={styles.acts}>
        <span className="row">
          <Button
            size="sm"
            data-testid="duplicate-compare"
            onClick={() =>
              goTo(
                'quality',
                mergeRouteId({ winnerId: winner.customerId, loserId: loser.customerId }),
              )
            }
          >
            {t('duplicates.compare')}
          </Button>
          <Button
            size="sm"
            variant="ghost"
            data-testid="duplicate-not"
            onClick={() => void notDuplicate()}
          >
            {t('duplicates.not')}
          </Button>
        </span>
      </td>
    </tr>
  );
}

/** Pairs that look like one customer, found while the page is open; the likeliest first. */
export function DuplicateList() {
  const { t } = useTranslation('quality');
  const invoke = useInvoke();
  const complete = useDesk((desk) => desk.sync.state !== 'first-sync');
  // Once all customers are here it begins again.
  const walk = useWalk<DuplicatePair>(`duplicates ${complete}`, {
    most,
    better: (a, b) => b.score - a.score,
    async step(after) {
      const result = await invoke('quality.duplicates', { after });
      if (!result.ok) return result;
      const { pairs, next, share } = result.value;
      return { ok: true, value: { items: pairs, next, share } };
    },
  });
  // One pair may be found by its number and by its name.
  const pairs = [...new Map(walk.items.map((pair) => [keyOf(pair), pair])).values()];
  return (
    <>
      <p className="muted">{t('duplicates.hint')}</p>
      <WalkLine walk={walk} most={most} />
      {pairs.length === 0 && walk.state === 'done' && complete ? (
        <EmptyState
          icon={<IconUsers size={20} aria-hidden="true" />}
          title={t('duplicates.none')}
          text={t('duplicates.noneText')}
        />
      ) : null}
      {pairs.length > 0 ? (
        <Table className={styles.pairs}>
          <thead>
            <tr>
              <th className={styles.score}>{t('duplicates.scoreLabel')}</th>
              <th>{t('duplicates.pair')}</th>
              <th className={styles.why}>{t('duplicates.why')}</th>
              <th className={styles.acts} />
            </tr>
          </thead>
          <tbody>
            {pairs.map((pair) => (
              <Row
                key={keyOf(pair)}
                pair={pair}
                onSettled={() => walk.drop((one) => keyOf(one) === keyOf(pair))}
              />
            ))}
          </tbody>
        </Table>
      ) : null}
    </>
  );
}

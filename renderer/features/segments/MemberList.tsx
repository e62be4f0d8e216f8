import { IconCloudOff, IconUsers } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SegmentRule } from '#shared/domain/segments/segmentRule.ts';
import type { SegmentMember } from '#shared/sync/segments.ts';
import { useInvoke, useQuery } from '../../app/bridge.tsx';
import { hrefOf } from '../../app/routes.ts';
import { useFailureText } from '../../i18n/useFailureText.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { tellFailure } from '../../store/window.ts';
import { Button } from '../../ui/Button.tsx';
import { ClassBadge } from '../../ui/ClassBadge.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import styles from './segments.module.css';

const pageSize = 100;
const loadingWidths = [90, 80, 85, 70];

/** Customers whom the rule fits, a page at a time. */
export function MemberList({ rule, currency }: { rule: SegmentRule; currency: string }) {
  const { t } = useTranslation('segments');
  const failureText = useFailureText();
  const invoke = useInvoke();
  const first = useQuery('segments.list', { rule, after: null, limit: pageSize });
  const [further, setFurther] = useState<{ members: SegmentMember[]; more: boolean } | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another first page begins the list anew
  useEffect(() => setFurther(null), [first.data]);
  if (first.failure) {
    return (
      <EmptyState
        icon={<IconCloudOff size={24} aria-hidden="true" />}
        title={t('unreachable')}
        text={failureText(first.failure)}
        action={<Button onClick={first.reload}>{t('again')}</Button>}
      />
    );
  }
  if (!first.data) return <Skeleton widths={loadingWidths} />;
  const members = [...first.data.members, ...(further?.members ?? [])];
  const more = further?.more ?? first.data.more;
  if (members.length === 0) {
    return <EmptyState icon={<IconUsers size={24} aria-hidden="true" />} title={t('nobody')} />;
  }
  async function loadMore(): Promise<void> {
    const after = members.at(-1)?.customerId ?? null;
    const page = await invoke('segments.list', { rule, after, limit: pageSize });
    if (!page.ok) {
      tellFailure(page.error);
      return;
    }
    const before = further?.members ?? [];
    setFurther({ members: [...before, ...page.value.members], more: page.value.more });
  }
  return (
    <>
      <table className={styles.members}>
        <thead>
          <tr>
            <th scope="col">{t('columns.customer')}</th>
            <th scope="col">{t('columns.class')}</th>
            <th scope="col" className={styles.figure}>
              {t('columns.orders')}
            </th>
            <th scope="col" className={styles.figure}>
              {t('columns.amount')}
            </th>
            <th scope="col">{t('columns.lastOrder')}</th>
            <th scope="col" title={t('columns.cellMeaning')}>
              {t('columns.cell')}
            </th>
          </tr>
        </thead>
        <tbody>
          {members.map((member) => (
            <Member key={member.customerId} member={member} currency={currency} />
          ))}
        </tbody>
      </table>
      {more ? (
        <Button data-testid="members-more" onClick={() => void loadMore()}>
          {t('more')}
        </Button>
      ) : null}
    </>
  );
}

function Member({ member, currency }: { member: SegmentMember; currency: string }) {
  const { t } = useTranslation('segments');
  const format = useFormat();
  const { recency, frequency, monetary } = member;
  return (
    <tr data-testid="segment-member">
      <td>
        <a href={hrefOf('customers', member.customerId)} className="cut" dir="auto">
          {member.name}
        </a>
      </td>
      <td>
        <ClassBadge valueClass={member.valueClass} />
      </td>
      <td className={styles.figure}>{format.number(member.orders)}</td>
      <td className={styles.figure}>{format.money({ minor: member.amountMinor, currency })}</td>
      <td>{member.lastOrderAt === null ? t('never') : format.shortDate(member.lastOrderAt)}</td>
      <td>{recency === null ? '–' : `R${recency} F${frequency} M${monetary}`}</td>
    </tr>
  );
}

import { IconKey, IconKeyOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiKey } from '#shared/sync/integrations.ts';
import { type Query, useRun } from '../../app/bridge.tsx';
import { useFormat } from '../../i18n/useFormat.ts';
import { tell } from '../../store/window.ts';
import { Button } from '../../ui/Button.tsx';
import { deskNow } from '../../ui/clock.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Pill } from '../../ui/Pill.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { ListFailed } from '../tickets/ListStates.tsx';
import { Asked } from './Asked.tsx';
import styles from './integrations.module.css';
import { useWords } from './words.ts';

function KeyItem({
  item,
  onRevoked,
  onEdit,
}: {
  item: ApiKey;
  onRevoked: () => void;
  onEdit: () => void;
}) {
  const { t } = useTranslation('integrations');
  const format = useFormat();
  const words = useWords();
  const run = useRun();
  const [asking, setAsking] = useState(false);
  const isExpired = item.expiresAt !== null && item.expiresAt <= deskNow();
  const scopes = item.scopes.map(words.scope);
  const revoke = async () => {
    setAsking(false);
    if (await run('integrations.revokeKey', { keyId: item.id })) tell(t('keys.done'));
    onRevoked();
  };
  return (
    <li className={styles.item} data-testid="key" data-revoked={item.revokedAt !== null}>
      <div className={styles.itemHead}>
        <span className="medium cut">{item.name}</span>
        <code className={styles.code}>{item.prefix}…</code>
        {item.revokedAt !== null ? <Pill tone="outline">{t('keys.revoked')}</Pill> : null}
        {item.revokedAt === null && isExpired ? <Pill tone="warn">{t('keys.expired')}</Pill> : null}
        <span className="grow" />
        {item.revokedAt === null && !asking ? (
          <>
            <Button size="sm" data-testid="key-edit" onClick={onEdit}>
              {t('keys.edit')}
            </Button>
            <Button size="sm" data-testid="key-revoke" onClick={() => setAsking(true)}>
              {t('keys.revoke')}
            </Button>
          </>
        ) : null}
      </div>
      <p className={styles.meta}>
        {[
          item.lastUsedAt === null
            ? t('keys.neverUsed')
            : t('keys.usedAt', { time: format.moment(item.lastUsedAt) }),
          t('keys.madeBy', { time: format.moment(item.createdAt), name: item.createdByName }),
          item.expiresAt === null || isExpired
            ? null
            : t('keys.expires', { time: format.moment(item.expiresAt) }),
          item.revokedAt === null
            ? null
            : t('keys.revokedBy', {
                time: format.moment(item.revokedAt),
                name: item.revokedByName ?? '',
              }),
        ]
          .filter((part) => part !== null)
          .join(' · ')}
      </p>
      <p className={styles.meta}>
        {format.labelled(t('keys.count', { count: scopes.length }), format.list(scopes))}
      </p>
      {asking ? (
        <Asked
          text={t('keys.ask', { name: item.name })}
          yes={t('keys.revoke')}
          no={t('keys.keep')}
          onYes={() => void revoke()}
          onNo={() => setAsking(false)}
        />
      ) : null}
    </li>
  );
}

/** The keys of other programs: those that open something first. */
export function KeyList({
  keys,
  onEdit,
}: {
  keys: Query<ApiKey[]>;
  onEdit: (keyId: string) => void;
}) {
  const { t } = useTranslation('integrations');
  const { data, failure, reload } = keys;
  if (failure) return <ListFailed title={t('failed')} failure={failure} onAgain={reload} />;
  if (!data) return <Skeleton widths={[70, 50, 70, 50]} />;
  if (data.length === 0) {
    return (
      <EmptyState
        icon={<IconKeyOff size={20} aria-hidden="true" />}
        title={t('keys.none')}
        text={t('keys.noneHint')}
      />
    );
  }
  const standing = data.filter(({ revokedAt }) => revokedAt === null);
  const revoked = data.filter(({ revokedAt }) => revokedAt !== null);
  return (
    <>
      <p className={styles.about}>
        <IconKey size={16} aria-hidden="true" />
        {t('keys.about')}
      </p>
      <ul aria-label={t('tabs.keys')}>
        {[...standing, ...revoked].map((item) => (
          <KeyItem key={item.id} item={item} onRevoked={reload} onEdit={() => onEdit(item.id)} />
        ))}
      </ul>
    </>
  );
}

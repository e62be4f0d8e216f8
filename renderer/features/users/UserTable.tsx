import { IconUsers } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { UserAccount } from '#shared/sync/users.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { useTeamName } from '../../i18n/useTeamName.ts';
import { deskNow } from '../../ui/clock.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ListTable } from '../../ui/ListTable.tsx';
import { Pill, type Tone } from '../../ui/Pill.tsx';
import { SkeletonRows } from '../tickets/ListStates.tsx';
import { useRowKeys } from '../tickets/rowKeys.ts';
import styles from './users.module.css';
import { type AccountState, stateOf } from './userWords.ts';

const tones: Record<AccountState, Tone> = {
  active: 'ok',
  waiting: 'accent',
  late: 'warn',
  left: 'outline',
};
const columns = 6;

function UserRow({
  user,
  selected,
  onSelect,
}: {
  user: UserAccount;
  selected: boolean;
  onSelect: () => void;
}) {
  const { t } = useTranslation('users');
  const format = useFormat();
  const teamName = useTeamName();
  const state = stateOf(user, deskNow());
  // Who has a password of their own may have signed in before this was kept.
  const none = user.oneTimeUntil === null ? '–' : t('never');
  const lastSignIn = user.lastSignInAt === null ? none : format.moment(user.lastSignInAt);
  return (
    <tr
      id={`user-row-${user.id}`}
      data-row={user.id}
      data-testid="user-row"
      data-state={state}
      aria-selected={selected}
      onClick={onSelect}
    >
      <td title={user.name}>
        <span className="medium">{user.name}</span> <span className="small">{user.login}</span>
      </td>
      <td>{t(`common:roles.${user.role}`)}</td>
      <td>{user.teamId === null ? null : teamName(user.teamId)}</td>
      <td data-number>{user.extension}</td>
      <td>
        <Pill tone={tones[state]}>{t(`state.${state}`)}</Pill>
      </td>
      <td className={styles.last}>{lastSignIn}</td>
    </tr>
  );
}

/** Accounts as rows; `users` null: still on their way. */
export function UserTable({
  users,
  selectedId,
  onSelect,
}: {
  users: readonly UserAccount[] | null;
  selectedId: string | null;
  onSelect: (userId: string) => void;
}) {
  const { t } = useTranslation('users');
  const ids = users?.map(({ id }) => id) ?? [];
  const { listRef, onKeyDown } = useRowKeys(ids, selectedId, onSelect, () => undefined);
  if (users?.length === 0) {
    return (
      <EmptyState
        icon={<IconUsers size={20} aria-hidden="true" />}
        title={t('none')}
        text={t('noneHint')}
      />
    );
  }
  const chosen = selectedId !== null && ids.includes(selectedId);
  return (
    <ListTable
      ref={listRef}
      role="grid"
      tabIndex={0}
      aria-label={t('title')}
      aria-rowcount={ids.length}
      aria-activedescendant={chosen ? `user-row-${selectedId}` : undefined}
      aria-busy={users === null}
      data-testid="user-list"
      onKeyDown={onKeyDown}
    >
      <colgroup>
        <col />
        <col className={styles.cRole} />
        <col className={styles.cTeam} />
        <col className={styles.cExtension} />
        <col className={styles.cState} />
        <col className={styles.cLast} />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">{t('columns.name')}</th>
          <th scope="col">{t('columns.role')}</th>
          <th scope="col">{t('columns.team')}</th>
          <th scope="col" data-number>
            {t('columns.extension')}
          </th>
          <th scope="col">{t('columns.state')}</th>
          <th scope="col">{t('columns.lastSignIn')}</th>
        </tr>
      </thead>
      <tbody>
        {users === null ? (
          <SkeletonRows columns={columns} />
        ) : (
          users.map((user) => (
            <UserRow
              key={user.id}
              user={user}
              selected={user.id === selectedId}
              onSelect={() => onSelect(user.id)}
            />
          ))
        )}
      </tbody>
    </ListTable>
  );
}

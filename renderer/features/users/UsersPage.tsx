import { IconCloudOff, IconPlus, IconSearch, IconTablePlus } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { UserAccount } from '#shared/sync/users.ts';
import { useQuery } from '../../app/bridge.tsx';
import { useRoute } from '../../app/routes.ts';
import { useTeamName } from '../../i18n/useTeamName.ts';
import { useDesk } from '../../store/desk.ts';
import { Button } from '../../ui/Button.tsx';
import { ListFoot } from '../../ui/ListFoot.tsx';
import { Page } from '../../ui/Page.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { SecretShown } from '../integrations/SecretShown.tsx';
import { useFreshSecret } from '../integrations/secretStore.ts';
import { ListFailed } from '../tickets/ListStates.tsx';
import { SeveralUsers } from './several/SeveralUsers.tsx';
import { UserForm } from './UserForm.tsx';
import { UserTable } from './UserTable.tsx';
import { foundUsers, type UserWish } from './userSearch.ts';
import styles from './users.module.css';
import { newUser, severalUsers, toUsers } from './usersRoute.ts';

const shownOnes = ['active', 'left', 'all'] as const;

/** Reads again when the server is back. */
function useBackAgain(isOffline: boolean, reload: () => void): void {
  const wasOffline = useRef(isOffline);
  useEffect(() => {
    if (wasOffline.current && !isOffline) reload();
    wasOffline.current = isOffline;
  }, [isOffline, reload]);
}

function Filters({ wish, onWish }: { wish: UserWish; onWish: (wish: UserWish) => void }) {
  const { t } = useTranslation('users');
  return (
    <>
      <Segmented
        label={t('shown.label')}
        value={wish.shown}
        options={shownOnes.map((one) => ({ value: one, label: t(`shown.${one}`) }))}
        onChange={(shown) => onWish({ ...wish, shown })}
      />
      <TextField
        type="search"
        aria-label={t('search')}
        placeholder={t('searchShort')}
        frameClassName={styles.search}
        lead={<IconSearch size={16} aria-hidden="true" />}
        data-testid="user-search"
        value={wish.text}
        onChange={(event) => onWish({ ...wish, text: event.currentTarget.value })}
      />
    </>
  );
}

/** Accounts: who may sign in, as what. All of it is the server's. */
export function UsersPage() {
  const { t } = useTranslation('users');
  const { id } = useRoute();
  const teamName = useTeamName();
  const ownId = useDesk((desk) => desk.session.user?.id ?? null);
  const fresh = useFreshSecret(ownId);
  const { data, failure, reload } = useQuery('users.list', {}, ['user']);
  const [wish, setWish] = useState<UserWish>({ text: '', shown: 'active' });
  // What was read last stays where the server is out of reach: a form lies over it.
  const last = useRef<UserAccount[] | null>(null);
  if (data) last.current = data;
  const users = data ?? last.current;
  const found = users && foundUsers(users, wish, teamName);
  const edited = users?.find((user) => user.id === id) ?? null;
  const isSeveral = id === severalUsers;
  const isOffline = useDesk((desk) => desk.sync.state === 'offline');
  const isAway = isOffline || failure !== null;
  useBackAgain(isOffline, reload);
  const close = () => toUsers();

  const side = () => {
    if (!users || (id !== newUser && !edited)) return null;
    return <UserForm key={id} user={edited} people={users} onDone={close} onChanged={reload} />;
  };
  return (
    <Page
      testId="users-page"
      label={t('title')}
      head={
        <>
          {isSeveral ? null : <Filters wish={wish} onWish={setWish} />}
          <span className="grow" />
          <Button
            icon={<IconTablePlus size={16} aria-hidden="true" />}
            data-testid="user-several"
            onClick={() => toUsers(severalUsers)}
          >
            {t('several.open')}
          </Button>
          <Button
            icon={<IconPlus size={16} aria-hidden="true" />}
            data-testid="user-new"
            onClick={() => toUsers(newUser)}
          >
            {t('new')}
          </Button>
        </>
      }
      notice={fresh ? <SecretShown fresh={fresh} /> : null}
      sideWidth="middle"
      side={side()}
      flush
    >
      {failure && !users ? (
        <ListFailed title={t('failed')} failure={failure} onAgain={reload} />
      ) : users && isSeveral ? (
        <SeveralUsers people={users} />
      ) : (
        <UserTable users={found} selectedId={id} onSelect={toUsers} />
      )}
      {users ? (
        <ListFoot>
          <span data-testid="user-count">{t('count', { count: found?.length ?? 0 })}</span>
          {isAway ? (
            <span className={styles.away} role="status" data-testid="users-away">
              <IconCloudOff size={14} aria-hidden="true" />
              {t('away')}
            </span>
          ) : null}
        </ListFoot>
      ) : null}
    </Page>
  );
}

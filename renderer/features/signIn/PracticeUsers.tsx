import { IconSchool } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { PracticeUsers as Practice } from '#shared/sync/messages.ts';
import { useKeys } from '../../app/hotkeys.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { KeyCap } from '../../ui/KeyCap.tsx';
import { Pill } from '../../ui/Pill.tsx';
import styles from './SignInPage.module.css';
import type { SignIn } from './useSignIn.ts';

/** As many as there are digits; whoever is no agent must be among them, or nobody could watch. */
function offered(users: Practice['users']): Practice['users'] {
  const others = users.filter((user) => user.role !== 'agent').slice(0, 3);
  const agents = users.filter((user) => user.role === 'agent').slice(0, 9 - others.length);
  return [...agents, ...others];
}

const keysAt = (at: number) => `Alt+${at + 1}`;

/** In practice mode everybody signs in with one click or one key; no password is typed. */
export function PracticeUsers({ users, signIn }: { users: Practice['users']; signIn: SignIn }) {
  const { t } = useTranslation('signIn');
  const shown = offered(users);
  const start = (at: number) => {
    const user = shown[at];
    if (user) void signIn.run({ login: user.login, password: user.password, remember: false });
  };
  useKeys(
    shown.map((_user, at) => keysAt(at)),
    (_event, keys) => start(Number(keys.slice(-1)) - 1),
  );
  return (
    <section aria-labelledby="practice" className={styles.practice}>
      <Pill tone="accent" icon={<IconSchool size={12} aria-hidden="true" />}>
        {t('practice.mode')}
      </Pill>
      <h2 id="practice" className={styles.practiceTitle}>
        {t('practice.title')}
      </h2>
      <p className="muted">{t('practice.text')}</p>
      <ul className={styles.users}>
        {shown.map((user, at) => (
          <li key={user.login}>
            <button
              type="button"
              className={styles.user}
              aria-keyshortcuts={keysAt(at)}
              data-testid={`practice-${user.login}`}
              onClick={() => start(at)}
            >
              <Avatar name={user.name} size={24} />
              <span className="medium cut">{user.name}</span>
              <span className="small">{t(`common:roles.${user.role}`)}</span>
              <KeyCap keys={keysAt(at)} />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

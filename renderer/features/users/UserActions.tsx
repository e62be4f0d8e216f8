import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { UserAccount } from '#shared/sync/users.ts';
import { useRun } from '../../app/bridge.tsx';
import { goTo } from '../../app/routes.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { useDesk } from '../../store/desk.ts';
import { tell, tellWithAction } from '../../store/window.ts';
import { Button } from '../../ui/Button.tsx';
import { deskNow } from '../../ui/clock.ts';
import { Asked } from '../integrations/Asked.tsx';
import { keepSecret } from '../integrations/secretStore.ts';
import styles from './users.module.css';
import { stateOf } from './userWords.ts';

type Step = 'reset' | 'deactivate';
const handOver = 'hand-over';

/** What is done to an account beside its fields: another password, the end of it, and the way back. */
export function UserActions({
  user,
  isOwn,
  onChanged,
}: {
  user: UserAccount;
  isOwn: boolean;
  onChanged: () => void;
}) {
  const { t } = useTranslation('users');
  const format = useFormat();
  const run = useRun();
  const ownId = useDesk((desk) => desk.session.user?.id ?? '');
  const [asking, setAsking] = useState<Step | null>(null);
  const { id: userId, name, login, active, lastSignInAt, oneTimeUntil } = user;
  const state = stateOf(user, deskNow());
  const section = useRef<HTMLElement>(null);
  // The question grows beyond what is in sight.
  useEffect(() => {
    if (asking) section.current?.scrollIntoView({ block: 'end' });
  }, [asking]);

  const reset = async () => {
    setAsking(null);
    const made = await run('users.resetPassword', { userId });
    if (!made) return;
    const { password: secret } = made;
    keepSecret({ userId: ownId, kind: 'password', name: `${name} (${login})`, secret });
    onChanged();
  };
  const deactivate = async () => {
    setAsking(null);
    if (!(await run('users.deactivate', { userId }))) return;
    const action = { label: t('account.handOver'), run: () => goTo('tasks', handOver) };
    tellWithAction(t('account.deactivated', { name }), action);
    onChanged();
  };
  const reactivate = async () => {
    if (!(await run('users.reactivate', { userId }))) return;
    tell(t('account.reactivated', { name }));
    onChanged();
  };

  return (
    <section
      ref={section}
      className={styles.account}
      aria-label={t('account.title')}
      data-testid="user-account"
    >
      <h3>{t('account.title')}</h3>
      <p className="small">
        {[
          t(`account.state.${state}`, { time: format.moment(oneTimeUntil ?? 0) }),
          lastSignInAt === null
            ? oneTimeUntil !== null && t('account.neverSignedIn')
            : t('account.signedInAt', { time: format.moment(lastSignInAt) }),
        ]
          .filter(Boolean)
          .join(' ')}
      </p>
      {isOwn ? <p className="small">{t('account.own')}</p> : null}
      {isOwn || asking !== null ? null : (
        <div className={styles.buttons}>
          {active ? (
            <>
              <Button data-testid="user-reset" onClick={() => setAsking('reset')}>
                {t('account.reset')}
              </Button>
              <Button data-testid="user-deactivate" onClick={() => setAsking('deactivate')}>
                {t('account.deactivate')}
              </Button>
            </>
          ) : (
            <>
              <Button data-testid="user-reactivate" onClick={() => void reactivate()}>
                {t('account.reactivate')}
              </Button>
              <Button variant="ghost" onClick={() => goTo('tasks', handOver)}>
                {t('account.handOver')}
              </Button>
            </>
          )}
        </div>
      )}
      {asking ? (
        <Asked
          text={t(`account.ask.${asking}`, { name })}
          yes={t(`account.${asking}`)}
          no={t('common:actions.cancel')}
          onYes={() => void (asking === 'reset' ? reset() : deactivate())}
          onNo={() => setAsking(null)}
        />
      ) : null}
    </section>
  );
}

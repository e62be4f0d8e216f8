import { IconPhone } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { DeskCall } from '#shared/contract/models/calls.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { chooseAgain } from '../../store/window.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { Button } from '../../ui/Button.tsx';
import { callerWords, numberWords } from '../callBar/caller.ts';
import styles from '../customer/CustomerCard.module.css';

/** What the line itself tells of a caller whom nobody knows yet, or who is not chosen yet. */
export function CallerCard({ call, without }: { call: DeskCall; without: boolean }) {
  const { t } = useTranslation(['customer', 'callBar']);
  const format = useFormat();
  const name = callerWords(call, t);
  const { pop } = call;
  return (
    <section aria-label={t('caller.region')}>
      <div className={styles.block}>
        <div className={styles.identity}>
          <Avatar name={name} size={40} icon={<IconPhone size={20} />} />
          <div className="grow">
            <h2 className={styles.name}>{name}</h2>
            <p className="small" data-testid="caller-known">
              {pop.match === 'several'
                ? t('callBar:several', { count: pop.candidates.length })
                : t('caller.unknown')}
            </p>
          </div>
        </div>
      </div>
      <dl className={styles.block}>
        <div className={styles.fact}>
          <dt>{t('caller.number')}</dt>
          <dd>{numberWords(call, t)}</dd>
        </div>
        {call.number.region ? (
          <div className={styles.fact}>
            <dt>{t('caller.region')}</dt>
            <dd>{format.text(call.number.region)}</dd>
          </div>
        ) : null}
        <div className={styles.fact}>
          <dt>{t('caller.since')}</dt>
          <dd>{format.time(call.offeredAt)}</dd>
        </div>
      </dl>
      {without && call.state !== 'ended' ? (
        <div className={styles.block}>
          <p className="muted">{t('caller.without')}</p>
          <Button onClick={() => chooseAgain(call.id)}>{t('caller.chooseAgain')}</Button>
        </div>
      ) : null}
    </section>
  );
}

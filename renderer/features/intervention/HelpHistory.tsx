import { IconHistory } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HelpView } from '#shared/contract/methods/intervention.ts';
import { useQuery } from '../../app/bridge.tsx';
import { formatClock } from '../../i18n/format.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Pill } from '../../ui/Pill.tsx';
import styles from './intervention.module.css';

const shown = 200;

function Past({ request }: { request: HelpView }) {
  const { t } = useTranslation('intervention');
  const format = useFormat();
  const { agentName, askedAt, note, state, answer, answeredByName, answeredAt } = request;
  const how = answer
    ? t('help.answered', { who: answeredByName, how: t(`help.how.${answer}`) })
    : t('help.notAnswered');
  const after = answeredAt === null ? null : formatClock(answeredAt - askedAt);
  return (
    <li className={styles.past} data-testid="help-past">
      <span className="row">
        <span className="medium">{agentName}</span>
        <time className="small" dateTime={new Date(askedAt).toISOString()}>
          {format.moment(askedAt)}
        </time>
        <Pill tone={state === 'open' ? 'warn' : 'plain'}>{t(`help.states.${state}`)}</Pill>
      </span>
      {note === '' ? null : <span>{note}</span>}
      <span className="small">
        {after === null ? how : `${how} · ${t('help.answeredIn', { time: after })}`}
      </span>
    </li>
  );
}

function History() {
  const { t } = useTranslation('intervention');
  const { data } = useQuery('help.history', { limit: shown, before: null }, ['helpRequest']);
  if (data?.length === 0) return <p className="muted">{t('help.historyEmpty')}</p>;
  return (
    <ul className={styles.history}>
      {data?.map((request) => (
        <Past key={request.id} request={request} />
      ))}
    </ul>
  );
}

/** Who has asked for help, who came, and after what time. */
export function HelpHistory({ size = 'sm' }: { size?: 'sm' | 'md' }) {
  const { t } = useTranslation('intervention');
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button
        size={size}
        icon={<IconHistory size={14} aria-hidden="true" />}
        data-testid="help-history"
        onClick={() => setOpened(true)}
      >
        {t('help.history')}
      </Button>
      <Dialog
        opened={opened}
        onClose={() => setOpened(false)}
        title={t('help.history')}
        width={560}
      >
        {opened ? <History /> : null}
      </Dialog>
    </>
  );
}

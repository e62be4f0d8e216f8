import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconHeadset,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { PhoneStatus, SessionView } from '#shared/contract/models/desk.ts';
import { useFailureText } from '../../i18n/useFailureText.ts';
import { useDesk } from '../../store/desk.ts';
import { SectionHead } from '../../ui/SectionHead.tsx';
import styles from './SignInPage.module.css';

type Standing = 'ok' | 'unknown' | 'trouble';

const marks = { ok: IconCircleCheck, unknown: IconCircleDashed, trouble: IconAlertTriangle };
const tones = { ok: 'tone-ok', unknown: 'muted', trouble: 'tone-warn' };

function Check({
  name,
  standing,
  words,
  help,
}: {
  name: string;
  standing: Standing;
  words: string;
  help: string | null;
}) {
  const Mark = marks[standing];
  return (
    <li className={styles.check} data-testid={`check-${name}`} data-state={standing}>
      <span className={tones[standing]}>
        <Mark size={16} aria-hidden="true" />
      </span>
      <span className="grow">
        {words}
        {help ? <span className={styles.help}>{help}</span> : null}
      </span>
    </li>
  );
}

function serverStanding(server: SessionView['server']): Standing {
  if (server.reachable === null) return 'unknown';
  return server.reachable ? 'ok' : 'trouble';
}

function microphoneStanding(phone: PhoneStatus): Standing {
  if (phone.microphone === 'unknown') return 'unknown';
  return phone.microphone === 'ok' ? 'ok' : 'trouble';
}

/** Server and microphone, before the shift depends on them. */
export function ReadyCheck() {
  const { t } = useTranslation('signIn');
  const failureText = useFailureText();
  const server = useDesk((desk) => desk.session.server);
  const phone = useDesk((desk) => desk.phone);
  const serverIs = serverStanding(server);
  const microphoneIs = microphoneStanding(phone);
  const { microphone } = phone;
  return (
    <section className={styles.ready} aria-live="polite">
      <SectionHead
        icon={<IconHeadset size={16} aria-hidden="true" />}
        title={t('check.title')}
        count={t('check.bySelf')}
      />
      <ul>
        <Check
          name="server"
          standing={serverIs}
          words={t(`check.server.${serverIs}`)}
          help={serverIs === 'trouble' ? t('check.server.help') : null}
        />
        <Check
          name="microphone"
          standing={microphoneIs}
          words={
            microphoneIs === 'ok' && phone.microphoneLabel
              ? t('check.microphone.named', { label: phone.microphoneLabel })
              : t(`check.microphone.${microphoneIs}`)
          }
          help={
            microphone === 'ok' || microphone === 'unknown'
              ? null
              : failureText({ code: `microphone-${microphone}` })
          }
        />
      </ul>
    </section>
  );
}

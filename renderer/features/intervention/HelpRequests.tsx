import {
  IconArrowBarToRight,
  IconCheck,
  IconEar,
  IconLifebuoy,
  IconMessage,
  IconMicrophone,
  IconWalk,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HelpView } from '#shared/contract/methods/intervention.ts';
import { type HelpAnswer, helpAnswers } from '#shared/domain/intervention/helpRequest.ts';
import { useQuery, useRun } from '../../app/bridge.tsx';
import { useDesk, useMayDo } from '../../store/desk.ts';
import { Button } from '../../ui/Button.tsx';
import { Timer } from '../../ui/Timer.tsx';
import { MessageDialog } from '../messages/MessageDialog.tsx';
import styles from './intervention.module.css';

const icons: Record<HelpAnswer, typeof IconEar> = {
  onMyWay: IconWalk,
  message: IconMessage,
  listen: IconEar,
  whisper: IconMicrophone,
  takeOver: IconArrowBarToRight,
};
const ofCalls: ReadonlySet<HelpAnswer> = new Set(['listen', 'whisper', 'takeOver']);

/** Answers, and does what the answer says. */
function useAnswer(onMessage: (request: HelpView) => void) {
  const run = useRun();
  return async (request: HelpView, answer: HelpAnswer) => {
    const answered = await run('help.answer', { id: request.id, answer });
    if (!answered) return;
    const userId = request.agentId;
    if (answer === 'message') onMessage(request);
    if (answer === 'listen' || answer === 'whisper') {
      await run('team.listen', { userId, mode: answer });
    }
    if (answer === 'takeOver') await run('team.takeOver', { userId });
  };
}

function Request({
  request,
  onMessage,
}: {
  request: HelpView;
  onMessage: (request: HelpView) => void;
}) {
  const { t } = useTranslation('intervention');
  const run = useRun();
  const answer = useAnswer(onMessage);
  const me = useDesk((desk) => desk.session.user?.id);
  const mayListen = useMayDo('calls.listen');
  const { id, agentName, note, callId, customerName, askedAt, answer: given } = request;
  const taken = request.state === 'answered';
  const mine = taken && request.answeredById === me;
  const choices = helpAnswers.filter((one) => !ofCalls.has(one) || (callId !== null && mayListen));
  const where = customerName ? t('help.inCall', { customer: customerName }) : t('help.inAnyCall');
  return (
    <li className={styles.request} data-testid="help-request" data-state={request.state}>
      <span className={styles.helpIcon}>
        <IconLifebuoy size={16} aria-hidden="true" />
      </span>
      <span className={styles.words}>
        <span className="medium">{t('help.asks', { name: agentName })}</span>
        <Timer since={askedAt} />
        {callId === null ? null : <span className="small">{where}</span>}
        {note === '' ? null : <span>{note}</span>}
        {taken && given ? (
          <span className="small">
            {t('help.answered', { who: request.answeredByName, how: t(`help.how.${given}`) })}
          </span>
        ) : null}
      </span>
      <span className={styles.answers}>
        {taken && !mine
          ? null
          : choices.map((one) => {
              const Icon = icons[one];
              return (
                <Button
                  key={one}
                  size="sm"
                  variant={one === 'onMyWay' && !taken ? 'solid' : 'default'}
                  icon={<Icon size={14} aria-hidden="true" />}
                  data-testid={`help-${one}`}
                  onClick={() => void answer(request, one)}
                >
                  {t(`help.do.${one}`)}
                </Button>
              );
            })}
        <Button
          size="sm"
          variant="ghost"
          icon={<IconCheck size={14} aria-hidden="true" />}
          data-testid="help-finish"
          onClick={() => void run('help.finish', { id })}
        >
          {t('help.finish')}
        </Button>
      </span>
    </li>
  );
}

/** Who asks for help now, the longest waiting first, `all` or those who call for this user; nothing where nobody does. */
export function HelpRequests({ all }: { all: boolean }) {
  const { t } = useTranslation('intervention');
  const may = useMayDo('messages.send');
  const [writing, setWriting] = useState<HelpView | null>(null);
  const { data } = useQuery('help.open', may ? {} : null, ['helpRequest', 'user']);
  const me = useDesk((desk) => desk.session.user?.id);
  const requests = (data ?? []).filter(
    ({ mine, answeredById }) => all || (answeredById === null ? mine : answeredById === me),
  );
  return (
    <>
      {requests.length > 0 ? (
        <ul className={styles.requests} aria-label={t('help.region')} aria-live="polite">
          {requests.map((request) => (
            <Request key={request.id} request={request} onMessage={setWriting} />
          ))}
        </ul>
      ) : null}
      <MessageDialog
        to={writing && { audience: 'one', userId: writing.agentId }}
        name={writing?.agentName ?? ''}
        helpRequestId={writing?.id ?? null}
        onClose={() => setWriting(null)}
      />
    </>
  );
}

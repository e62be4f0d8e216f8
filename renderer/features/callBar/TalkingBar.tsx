import { IconPhone, IconPhoneOff, IconUsers, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { DeskCall } from '#shared/contract/models/calls.ts';
import { keysOf, useShortcut } from '../../app/hotkeys.ts';
import { useFailureText } from '../../i18n/useFailureText.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { setTransfer, useWindow } from '../../store/window.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { Button } from '../../ui/Button.tsx';
import { ClassBadge } from '../../ui/ClassBadge.tsx';
import { cx } from '../../ui/cx.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { Timer } from '../../ui/Timer.tsx';
import { openCardOf, useSubjectId } from '../desk/followCall.ts';
import styles from './CallBar.module.css';
import { CallControls } from './CallControls.tsx';
import { callerWords, numberWords, valueClassOf } from './caller.ts';
import { type CallSteps, useCallSteps } from './callSteps.ts';
import { LineState } from './LineState.tsx';
import { ListenerMark } from './ListenerMark.tsx';
import { RecordingMark } from './RecordingMark.tsx';

/** Below the name: who listens, else the number, where from, and on whose behalf. */
function Beside({ call, steps }: { call: DeskCall; steps: CallSteps }) {
  const { t } = useTranslation('callBar');
  const format = useFormat();
  if (call.listener) return <ListenerMark listener={call.listener} />;
  if (call.conference)
    return <span>{t('conference.with', { count: steps.members.length + 1 })}</span>;
  const number = numberWords(call, t);
  const caller = steps.consult?.colleague.id === call.id ? steps.consult.caller : null;
  return (
    <>
      {callerWords(call, t) === number ? null : <span className={styles.number}>{number}</span>}
      {caller ? (
        <span className="cut">{t('consult.for', { who: callerWords(caller, t) })}</span>
      ) : null}
      {call.transferredBy ? (
        <span className="cut" data-testid="transferred-by">
          {t('transferredBy', { who: call.transferredBy })}
        </span>
      ) : null}
      {call.number.region ? (
        <span className={cx(styles.extra, 'cut')} title={format.text(call.number.region)}>
          {format.text(call.number.region)}
        </span>
      ) : null}
    </>
  );
}

/** What went wrong with the call, or with passing it on. */
function Trouble({ call }: { call: DeskCall }) {
  const { t } = useTranslation('callBar');
  const failureText = useFailureText();
  const transfer = useWindow((state) => state.transfer);
  const finding = useWindow((state) => state.finding !== null);
  if (call.failure) {
    return (
      <p className={styles.trouble} role="alert">
        {failureText(call.failure)}
      </p>
    );
  }
  const refused = transfer?.callId === call.id && transfer.state === 'failed' && !finding;
  if (!refused || !transfer.failure || call.transferring) return <LineState call={call} />;
  return (
    <div className={styles.trouble} role="alert" data-testid="transfer-refused">
      <span className={styles.lines}>
        <p>
          {transfer.name}: {failureText(transfer.failure)}
        </p>
      </span>
      <IconButton
        label={t('common:actions.dismiss')}
        icon={<IconX size={14} aria-hidden="true" />}
        onClick={() => setTransfer(null)}
      />
    </div>
  );
}

function useEndWords(call: DeskCall, steps: CallSteps): string {
  const { t } = useTranslation('callBar');
  if (call.conference) return t('conference.endAll');
  if (steps.consult?.colleague.id === call.id) return t('consult.back');
  return t('end');
}

function Who({ call, steps }: { call: DeskCall; steps: CallSteps }) {
  const { t } = useTranslation('callBar');
  const valueClass = call.conference ? null : valueClassOf(call);
  const name = call.conference
    ? steps.members.map((member) => callerWords(member, t)).join(' + ')
    : callerWords(call, t);
  const unnamed = !call.conference && name === numberWords(call, t);
  const icon = call.conference ? <IconUsers size={20} /> : <IconPhone size={20} />;
  return (
    <>
      <Avatar
        name={name}
        size={40}
        tone="accent"
        icon={call.conference || unnamed ? icon : undefined}
      />
      <div className={styles.names}>
        <div className={styles.nameRow}>
          <span className={styles.name} title={name} data-testid="caller-name">
            {name}
          </span>
          {valueClass ? <ClassBadge valueClass={valueClass} /> : null}
        </div>
        <div className={styles.sub}>
          <Beside call={call} steps={steps} />
        </div>
      </div>
    </>
  );
}

/** A call in progress: who, how long, how it sounds, and everything one can do to it. Also while it is dialled. */
export function TalkingBar({ call }: { call: DeskCall }) {
  const { t } = useTranslation('callBar');
  const steps = useCallSteps(call);
  const dirty = useWindow((state) => state.dirtyForms.size > 0);
  const subjectId = useSubjectId();
  const following = useWindow((state) => state.followedCallId === subjectId);
  const established = call.state === 'talking' || call.state === 'held';
  const openCard = () => {
    if (subjectId !== null) openCardOf(subjectId);
  };
  const endWords = useEndWords(call, steps);
  useShortcut('call.end', steps.end);
  useShortcut('call.openCard', openCard, subjectId !== null);
  return (
    <>
      <Who call={call} steps={steps} />
      <span className={styles.divider} />
      {call.answeredAt === null ? null : (
        <div className={styles.clock}>
          <span className={styles.big} data-testid="talk-time">
            <Timer since={call.answeredAt} />
          </span>
          {call.recording === null ? null : <RecordingMark recording={call.recording} />}
        </div>
      )}
      <Trouble call={call} />
      <div className={styles.actions}>
        {dirty && subjectId !== null && !following ? (
          <Button size="sm" keys={keysOf('call.openCard')} onClick={openCard}>
            {t('openCard')}
          </Button>
        ) : null}
        {established ? <CallControls call={call} steps={steps} /> : null}
        <Button
          variant="end"
          icon={<IconPhoneOff size={18} aria-hidden="true" />}
          keys={keysOf('call.end')}
          data-testid="end"
          onClick={steps.end}
        >
          {endWords}
        </Button>
      </div>
    </>
  );
}

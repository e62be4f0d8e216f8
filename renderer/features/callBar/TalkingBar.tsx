import {
  IconAntennaBars5,
  IconMicrophone,
  IconMicrophoneOff,
  IconPhone,
  IconPhoneOff,
  IconPhoneOutgoing,
  IconPlayerPause,
  IconPlayerPlay,
  IconRefreshAlert,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeskCall } from '#shared/contract/models.ts';
import { useRun } from '../../app/bridge.tsx';
import { keysOf, type ShortcutId, useShortcut } from '../../app/hotkeys.ts';
import { useFailureText } from '../../i18n/useFailureText.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { useWindow } from '../../store/window.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { Button } from '../../ui/Button.tsx';
import { ClassBadge } from '../../ui/ClassBadge.tsx';
import { keysForReading } from '../../ui/keys.ts';
import { Timer } from '../../ui/Timer.tsx';
import { openCardOf } from '../desk/followCall.ts';
import styles from './CallBar.module.css';
import { callerWords, numberWords, valueClassOf } from './caller.ts';
import { Keypad } from './Keypad.tsx';

function Control({
  id,
  label,
  icon,
  pressed,
  onClick,
}: {
  id: ShortcutId;
  label: string;
  icon: ReactNode;
  pressed: boolean;
  onClick: () => void;
}) {
  useShortcut(id, onClick);
  return (
    <button
      type="button"
      className={styles.control}
      aria-pressed={pressed}
      aria-keyshortcuts={keysOf(id)}
      title={`${label} (${keysForReading(keysOf(id))})`}
      data-testid={id.replace('.', '-')}
      onClick={onClick}
    >
      {icon}
      {label}
    </button>
  );
}

/** The state of the line in words: progress, audio, hold. */
function LineState({ call }: { call: DeskCall }) {
  const { t } = useTranslation('callBar');
  if (call.state === 'dialling' || call.state === 'connecting') {
    return (
      <div className={styles.quality}>
        <span>
          <IconPhoneOutgoing size={16} aria-hidden="true" />
          {t(`state.${call.state}`)}
        </span>
        <Timer since={call.offeredAt} />
      </div>
    );
  }
  const lost = call.media === 'lost';
  return (
    <div className={styles.quality} data-testid="media" data-state={call.media}>
      <span className={lost ? styles.lost : undefined}>
        {lost ? (
          <IconRefreshAlert size={16} aria-hidden="true" />
        ) : (
          <IconAntennaBars5 size={16} aria-hidden="true" />
        )}
        {call.state === 'held' && !lost ? t('state.held') : t(`media.${call.media}`)}
      </span>
      {call.muted && !lost ? <span className="tone-warn">{t('muted')}</span> : null}
      {lost ? <span>{t('media.repairing')}</span> : null}
    </div>
  );
}

/** A call in progress: who, how long, mute, hold, keypad, end. Also while it is dialled. */
export function TalkingBar({ call }: { call: DeskCall }) {
  const { t } = useTranslation('callBar');
  const format = useFormat();
  const failureText = useFailureText();
  const run = useRun();
  const dirty = useWindow((state) => state.dirtyForms.size > 0);
  const following = useWindow((state) => state.followedCallId === call.id);
  const name = callerWords(call, t);
  const number = numberWords(call, t);
  const valueClass = valueClassOf(call);
  const region = call.number.region ? format.text(call.number.region) : null;
  const established = call.state === 'talking' || call.state === 'held';
  const callId = call.id;
  const end = () => void run('calls.hangUp', { callId });
  const openCard = () => openCardOf(callId);
  useShortcut('call.end', end);
  useShortcut('call.openCard', openCard);
  return (
    <>
      <Avatar
        name={name}
        size={40}
        tone="accent"
        icon={name === number ? <IconPhone size={20} /> : undefined}
      />
      <div className={styles.names}>
        <div className={styles.nameRow}>
          <span className={styles.name} title={name} data-testid="caller-name">
            {name}
          </span>
          {valueClass ? <ClassBadge valueClass={valueClass} /> : null}
        </div>
        <div className={styles.sub}>
          {name === number ? null : <span>{number}</span>}
          {region ? <span className={styles.extra}>{region}</span> : null}
        </div>
      </div>
      <span className={styles.divider} />
      {call.answeredAt === null ? null : (
        <span className={styles.big} data-testid="talk-time">
          <Timer since={call.answeredAt} />
        </span>
      )}
      {call.failure ? (
        <p className={styles.trouble} role="alert">
          {failureText(call.failure)}
        </p>
      ) : (
        <LineState call={call} />
      )}
      <div className={styles.actions}>
        {dirty && !following ? (
          <Button size="sm" keys={keysOf('call.openCard')} onClick={openCard}>
            {t('openCard')}
          </Button>
        ) : null}
        {established ? (
          <div className={styles.controls} role="toolbar" aria-label={t('controls')}>
            <Control
              id="call.mute"
              label={call.muted ? t('unmute') : t('mute')}
              pressed={call.muted}
              icon={
                call.muted ? (
                  <IconMicrophoneOff size={18} aria-hidden="true" />
                ) : (
                  <IconMicrophone size={18} aria-hidden="true" />
                )
              }
              onClick={() => void run('calls.mute', { callId, on: !call.muted })}
            />
            <Control
              id="call.hold"
              label={call.state === 'held' ? t('resume') : t('hold')}
              pressed={call.state === 'held'}
              icon={
                call.state === 'held' ? (
                  <IconPlayerPlay size={18} aria-hidden="true" />
                ) : (
                  <IconPlayerPause size={18} aria-hidden="true" />
                )
              }
              onClick={() => void run('calls.hold', { callId, on: call.state !== 'held' })}
            />
            <Keypad callId={callId} />
          </div>
        ) : null}
        <Button
          variant="end"
          icon={<IconPhoneOff size={18} aria-hidden="true" />}
          keys={keysOf('call.end')}
          data-testid="end"
          onClick={end}
        >
          {t('end')}
        </Button>
      </div>
    </>
  );
}

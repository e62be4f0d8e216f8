import { Popover } from '@mantine/core';
import {
  IconArrowForwardUp,
  IconArrowsSplit2,
  IconMicrophone,
  IconMicrophoneOff,
  IconPhoneCheck,
  IconPhoneOutgoing,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerRecord,
  IconUsersPlus,
} from '@tabler/icons-react';
import { Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeskCall } from '#shared/contract/models/calls.ts';
import { useRun } from '../../app/bridge.tsx';
import { FindPanel } from '../../app/features.ts';
import { Part } from '../../app/Part.tsx';
import { type Finding, openFinding, useWindow } from '../../store/window.ts';
import { Skeleton } from '../../ui/Skeleton.tsx';
import styles from './CallControls.module.css';
import { Control } from './Control.tsx';
import type { CallSteps } from './callSteps.ts';
import { Keypad } from './Keypad.tsx';

const size = 18;

function MuteControl({ call, mute }: { call: DeskCall; mute: () => void }) {
  const { t } = useTranslation('callBar');
  const Icon = call.muted ? IconMicrophoneOff : IconMicrophone;
  return (
    <Control
      id="call.mute"
      label={call.muted ? t('unmute') : t('mute')}
      pressed={call.muted}
      icon={<Icon size={size} aria-hidden="true" />}
      onClick={mute}
    />
  );
}

function HoldControl({ call }: { call: DeskCall }) {
  const { t } = useTranslation('callBar');
  const run = useRun();
  const held = call.state === 'held';
  const Icon = held ? IconPlayerPlay : IconPlayerPause;
  return (
    <Control
      id="call.hold"
      label={held ? t('resume') : t('hold')}
      pressed={held}
      icon={<Icon size={size} aria-hidden="true" />}
      onClick={() => void run('calls.hold', { callId: call.id, on: !held })}
    />
  );
}

function RecordControl({ call }: { call: DeskCall }) {
  const { t } = useTranslation('callBar');
  const run = useRun();
  const paused = call.recording === 'paused';
  return (
    <Control
      id="call.record"
      label={paused ? t('recording.resume') : t('recording.pause')}
      pressed={paused}
      icon={<IconPlayerRecord size={size} aria-hidden="true" />}
      onClick={() => void run('calls.record', { callId: call.id, on: paused })}
    />
  );
}

/** Passing the call on, and the next step once a colleague has answered. */
function TransferControl({
  call,
  steps,
  finding,
}: {
  call: DeskCall;
  steps: CallSteps;
  finding: Finding | null;
}) {
  const { t } = useTranslation('callBar');
  if (steps.putThrough) {
    return (
      <Control
        id="call.transfer"
        label={call.conference ? t('conference.leave') : t('transfer.putThrough')}
        strong={!call.conference}
        icon={
          call.conference ? (
            <IconPhoneOutgoing size={size} aria-hidden="true" />
          ) : (
            <IconPhoneCheck size={size} aria-hidden="true" />
          )
        }
        onClick={steps.putThrough}
      />
    );
  }
  if (steps.consult || call.conference) return null;
  const opened = finding?.purpose === 'transfer';
  return (
    <Control
      id="call.transfer"
      label={t('transfer.title')}
      expanded={opened}
      icon={<IconArrowForwardUp size={size} aria-hidden="true" />}
      onClick={() => openFinding(opened ? null : { callId: call.id, purpose: 'transfer' })}
    />
  );
}

function ConferenceControl({
  call,
  steps,
  finding,
}: {
  call: DeskCall;
  steps: CallSteps;
  finding: Finding | null;
}) {
  const { t } = useTranslation('callBar');
  const opened = finding?.purpose === 'confer';
  const Icon = steps.split ? IconArrowsSplit2 : IconUsersPlus;
  const find = () => openFinding(opened ? null : { callId: call.id, purpose: 'confer' });
  return (
    <Control
      id="call.conference"
      label={steps.split ? t('conference.split') : t('conference.title')}
      expanded={steps.split || steps.confer ? undefined : opened}
      icon={<Icon size={size} aria-hidden="true" />}
      onClick={steps.split ?? steps.confer ?? find}
    />
  );
}

/**
 * Everything one can do to the call in the bar while it is up; nothing while it is being passed on, when
 * the directory stays to say how that goes.
 */
export function CallControls({ call, steps }: { call: DeskCall; steps: CallSteps }) {
  const { t } = useTranslation('callBar');
  const asked = useWindow((state) => state.consent !== null);
  const finding = useWindow((state) => (state.finding?.callId === call.id ? state.finding : null));
  useEffect(() => () => openFinding(null), []);
  return (
    <Popover
      opened={finding !== null}
      onChange={(opened) => (opened ? undefined : openFinding(null))}
      position="bottom-end"
      width={460}
      withRoles={false}
      trapFocus
      returnFocus
      closeOnClickOutside={!asked}
      closeOnEscape={!asked}
    >
      <Popover.Target>
        <div className={styles.controls} role="toolbar" aria-label={t('controls')}>
          {call.transferring ? null : (
            <>
              <MuteControl call={call} mute={steps.mute} />
              {call.conference ? null : <HoldControl call={call} />}
              <TransferControl call={call} steps={steps} finding={finding} />
              <ConferenceControl call={call} steps={steps} finding={finding} />
              <Keypad callId={call.id} />
              {call.recording === null ? null : <RecordControl call={call} />}
            </>
          )}
        </div>
      </Popover.Target>
      <Popover.Dropdown p={0}>
        {finding ? (
          <Part>
            <Suspense
              fallback={
                // Focusable, so that the focus is in the panel while the directory is on its way.
                <div className={styles.finding} tabIndex={-1}>
                  <Skeleton widths={[100, 70, 85]} />
                </div>
              }
            >
              <FindPanel finding={finding} onDone={() => openFinding(null)} />
            </Suspense>
          </Part>
        ) : null}
      </Popover.Dropdown>
    </Popover>
  );
}

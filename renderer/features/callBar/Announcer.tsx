import { useTranslation } from 'react-i18next';
import type { DeskCall } from '#shared/contract/models/calls.ts';
import { useDesk } from '../../store/desk.ts';
import { conferenceOf, othersOf } from '../../store/liveCalls.ts';
import { useWindow } from '../../store/window.ts';
import type { BarState } from './CallBar.tsx';
import { callerWords } from './caller.ts';
import { listenerWords } from './ListenerMark.tsx';

type Words = (key: string, values: Record<string, unknown>) => string;

function activeWords(call: DeskCall | null, state: BarState, names: string, t: Words): string {
  if (state === 'offline') return t('announce.offline', {});
  if (!call || state === 'idle') return '';
  return t(`announce.${state}`, { who: state === 'conference' ? names : callerWords(call, t) });
}

/** What happens beside the call: who waits, who listens, the recording, the line, a transfer. */
function useBeside(call: DeskCall | null, t: Words): string {
  const calls = useDesk((desk) => desk.calls);
  const transfer = useWindow((state) => state.transfer);
  if (!call) return '';
  const waiting = othersOf(calls, call).filter((other) => other.state === 'ringing');
  const parts = waiting.map((other) => t('announce.waiting', { who: callerWords(other, t) }));
  if (call.recording === 'paused') parts.push(t('recording.paused', {}));
  if (call.listener) parts.push(listenerWords(call.listener, t));
  if (call.quality && call.quality.poorSince !== null) parts.push(t('quality.warning', {}));
  if (transfer?.callId === call.id && transfer.state !== 'failed') {
    parts.push(t(`transfer.${transfer.state}`, { who: transfer.name }));
  }
  return parts.join('. ');
}

/** Says each change once; running times stay silent. */
export function Announcer({ call, state }: { call: DeskCall | null; state: BarState }) {
  const { t } = useTranslation('callBar');
  const calls = useDesk((desk) => desk.calls);
  const names = conferenceOf(calls)
    .map((one) => callerWords(one, t))
    .join(', ');
  const beside = useBeside(call, t);
  return (
    <>
      <div className="for-readers" aria-live="assertive" aria-atomic="true" data-testid="announcer">
        {activeWords(call, state, names, t)}
      </div>
      <div className="for-readers" aria-live="polite" data-testid="announcer-beside">
        {beside}
      </div>
    </>
  );
}

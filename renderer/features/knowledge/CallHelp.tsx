import type { DeskCall } from '#shared/contract/models/calls.ts';
import { useQuery } from '../../app/bridge.tsx';
import { ScriptRunner } from '../scripts/ScriptRunner.tsx';
import { Suggestions } from './Suggestions.tsx';

/** Beside a call, or beside a card: the script that guides it, and articles that fit. */
export function CallHelp({ call }: { call: DeskCall | null }) {
  const guided = call !== null && call.kind === 'customer' && call.state !== 'ringing';
  const { data: script } = useQuery(
    'scripts.forCall',
    guided ? { queueId: call.queueId, direction: call.direction } : null,
    ['script'],
  );
  return (
    <>
      {guided && script ? <ScriptRunner key={call.id} script={script} call={call} /> : null}
      <Suggestions callId={call?.id ?? null} queueId={call?.queueId ?? null} />
    </>
  );
}

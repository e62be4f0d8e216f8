import {
  IconBellRinging,
  IconCircleFilled,
  IconCircleHalf2,
  IconCloudOff,
  IconCoffee,
  IconPhoneFilled,
} from '@tabler/icons-react';
import type { AgentStateName } from '#shared/domain/agents/agentState.ts';

const icons = {
  signedOut: IconCloudOff,
  break: IconCoffee,
  ready: IconCircleFilled,
  ringing: IconBellRinging,
  onCall: IconPhoneFilled,
  wrapUp: IconCircleHalf2,
} as const;

const tones: Record<AgentStateName, string> = {
  signedOut: 'muted',
  break: 'muted',
  ready: 'tone-ok',
  ringing: 'tone-ok',
  onCall: 'tone-accent',
  wrapUp: 'tone-warn',
};

/** An agent's state as a shape and a colour; the word stands beside it. */
export function AgentStateIcon({ state, size = 16 }: { state: AgentStateName; size?: number }) {
  const Icon = icons[state];
  return (
    <span className={tones[state]}>
      <Icon size={size} aria-hidden="true" />
    </span>
  );
}

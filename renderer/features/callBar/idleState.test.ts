import { describe, expect, it } from 'vitest';
import { type IdleFacts, idleStateOf } from './idleState.ts';

interface Given {
  phone?: IdleFacts['phone']['state'];
  microphone?: IdleFacts['phone']['microphone'];
  agent?: Partial<IdleFacts['agent']>;
  offline?: boolean;
  hasNotice?: boolean;
  takesCalls?: boolean;
}

function factsOf({ phone = 'registered', microphone = 'ok', agent, ...more }: Given): IdleFacts {
  return {
    takesCalls: true,
    offline: false,
    hasNotice: false,
    ...more,
    phone: { state: phone, microphone },
    agent: { state: 'ready', reason: null, pbx: null, ...agent },
  };
}

const away = { state: 'break', reason: 'rest' } as const;
const paused = { pbx: { paused: true, reason: null, at: 0 } };

describe('the bar without a call', () => {
  it.each<[string, Given, string, string]>([
    ['a phone that rings', {}, 'ready', 'waiting'],
    ['a break', { agent: away }, 'break', 'break'],
    ['a missed call', { agent: { ...away, reason: 'missed' } }, 'break', 'missed'],
    ['news', { hasNotice: true }, 'ready', 'notice'],
    ['a microphone nobody asked for yet', { microphone: 'unknown' }, 'ready', 'waiting'],
    ['a phone on its way', { phone: 'connecting' }, 'connecting', 'connecting'],
    ['and news', { phone: 'connecting', hasNotice: true }, 'connecting', 'connecting'],
    ['a phone that failed', { phone: 'failed', hasNotice: true }, 'noPhone', 'noPhone'],
    ['no account', { phone: 'off', hasNotice: true }, 'phoneOff', 'phoneOff'],
    ['nothing at sign-out', { phone: 'off', agent: { state: 'signedOut' } }, 'break', 'break'],
    ['no microphone', { microphone: 'denied', hasNotice: true }, 'noMicrophone', 'noMicrophone'],
    ['nor phone', { phone: 'failed', microphone: 'busy' }, 'noPhone', 'noPhone'],
    ['a PBX that holds back', { agent: paused, hasNotice: true }, 'pbxPaused', 'pbxPaused'],
    ['as it does in a break', { agent: { ...away, ...paused } }, 'break', 'break'],
  ])('tells of %s', (_, given, look, hint) => {
    const state = idleStateOf(factsOf(given));
    expect([state.look, state.hint]).toEqual([look, hint]);
  });

  it.each<[string, Given, string, string | null]>([
    ['alone', {}, 'offline', null],
    ['with a failed phone, which is worse', { phone: 'failed' }, 'noPhone', 'noPhone'],
    ['without a microphone', { microphone: 'absent' }, 'noMicrophone', 'noMicrophone'],
    ['while the phone connects', { phone: 'connecting' }, 'offline', 'connecting'],
    ['without calls', { takesCalls: false, phone: 'off' }, 'offline', null],
  ])('tells of a server that is away, %s', (_, given, look, obstacle) => {
    const state = idleStateOf(factsOf({ ...given, offline: true }));
    expect([state.look, state.obstacle]).toEqual([look, obstacle]);
  });

  it.each<[string, Given, string]>([
    ['as it is', { phone: 'off' }, 'noCalls'],
    ['whatever the microphone', { phone: 'off', microphone: 'denied' }, 'noCalls'],
    ['after what there is to tell', { phone: 'off', hasNotice: true }, 'notice'],
  ])('says that no calls come to who takes none, %s', (_, given, hint) => {
    const state = idleStateOf(factsOf({ ...given, takesCalls: false }));
    expect(state).toEqual({ look: 'noCalls', obstacle: null, hint });
  });
});

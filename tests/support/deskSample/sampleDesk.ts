import { usualDevices } from '#shared/contract/media.ts';
import type { AgentView, SessionView, Snapshot } from '#shared/contract/models/desk.ts';
import { partsFrom } from '#shared/domain/settings/parts.ts';
import type { Language } from '#shared/domain/text/text.ts';
import { defaultConfiguration } from '#shared/sample/configuration.ts';
import { agentId, words } from './sampleWords.ts';

export function sampleSession(language: Language, more: Partial<SessionView> = {}): SessionView {
  return {
    state: 'signedIn',
    user: {
      id: agentId,
      login: 'agent1',
      name: words[language].agent,
      role: 'agent',
      teamId: 'team-1',
      extension: '2041',
      queueIds: ['support', 'orders'],
    },
    offline: false,
    server: { url: 'http://127.0.0.1:7600', reachable: true },
    practice: null,
    version: '0.1.0',
    ...more,
  };
}

export function sampleAgent(state: AgentView['state'], now: number): AgentView {
  return {
    state,
    reason: state === 'break' ? 'rest' : null,
    since: now - 272_000,
    next: null,
    breakEndsAt: null,
    pbx: null,
  };
}

/** A desk that has signed in and waits for calls; `more` replaces whole slices. */
export function sampleSnapshot(
  language: Language,
  now: number,
  more: Partial<Snapshot> = {},
): Snapshot {
  return {
    session: sampleSession(language),
    settings: { language, theme: 'light', rememberedLogin: null, devices: usualDevices },
    agent: sampleAgent('ready', now),
    calls: [],
    phone: {
      state: 'registered',
      failure: null,
      nextTryAt: null,
      microphone: 'ok',
      microphoneLabel: 'Duet 45',
    },
    sync: {
      state: 'online',
      offlineSince: null,
      nextTryAt: null,
      waiting: 0,
      waitingSince: null,
      refused: [],
      received: 0,
      total: null,
      comparing: null,
      lastSyncAt: now,
    },
    configuration: defaultConfiguration,
    parts: partsFrom(() => null),
    notices: [],
    now,
    ...more,
  };
}

/** Signed out in practice mode, with users to choose from. */
export function signedOutSnapshot(
  language: Language,
  now: number,
  more: Partial<Snapshot> = {},
): Snapshot {
  const names =
    language === 'en' ? ['Priya Nair', 'Tomasz Wrona', 'Anna Demir'] : ['李敏', '吴涛', '何颖'];
  return sampleSnapshot(language, now, {
    session: sampleSession(language, {
      state: 'signedOut',
      user: null,
      practice: {
        users: names.map((name, at) => ({
          login: `user${at + 1}`,
          name,
          role: at === 2 ? 'supervisor' : 'agent',
          password: `practice-${at + 1}`,
        })),
      },
    }),
    agent: sampleAgent('signedOut', now),
    ...more,
  });
}

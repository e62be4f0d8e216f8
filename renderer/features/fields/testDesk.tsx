import { MantineProvider } from '@mantine/core';
import { render } from '@testing-library/react';
import type { ReactNode } from 'react';
import type { Bridge } from '#shared/contract/bridge.ts';
import type { InputOf, MethodName, OutputOf } from '#shared/contract/contract.ts';
import type { DeskCall } from '#shared/contract/models/calls.ts';
import type { Candidate, JournalEntry, TicketView } from '#shared/contract/models/records.ts';
import { partsFrom } from '#shared/domain/settings/parts.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { defaultConfiguration } from '#shared/sample/configuration.ts';
import { usualFieldsOf } from '#shared/sync/usual.ts';
import { BridgeProvider } from '../../app/bridge.tsx';
import { startTexts } from '../../i18n/i18n.ts';
import { deskStore } from '../../store/desk.ts';
import { emptyDesk } from '../../store/deskState.ts';
import { emptyWindow, windowStore } from '../../store/window.ts';

type Answers = {
  [M in MethodName]?: (input: InputOf<M>) => Result<OutputOf<M>>;
};

export interface Asked {
  name: MethodName;
  input: unknown;
}

/** A desk for tests of forms: keeps drafts, answers as told, remembers what it was asked. */
export function testDesk(answers: Answers = {}, drafts = new Map<string, string>()) {
  const asked: Asked[] = [];
  const kept: Answers = {
    'drafts.get': ({ key }) => ok({ json: drafts.get(key) ?? null }),
    'drafts.put': ({ key, json }) => {
      drafts.set(key, json);
      return ok({ savedAt: Date.now() });
    },
    'drafts.remove': ({ key }) => {
      drafts.delete(key);
      return ok({});
    },
    'journal.list': () => ok([]),
    'customers.similar': () => ok([]),
    ...answers,
  };
  const bridge: Bridge = {
    shell: 'browser',
    invoke: async (name, input) => {
      asked.push({ name, input });
      const answer = kept[name];
      return answer ? answer(input) : fail('unknown-method', name);
    },
    listen: () => () => undefined,
    onConnection: () => () => undefined,
  };
  return {
    bridge,
    drafts,
    asked,
    /** Inputs of the calls of one method, in order. */
    inputsOf: (name: MethodName) =>
      asked.filter((one) => one.name === name).map((one) => one.input),
  };
}

const ids = { user: uuid(900), call: uuid(1), customer: uuid(10) };

/** A fixed id for a test. */
export function uuid(number: number): string {
  return `019ac000-0000-7000-8000-${String(number).padStart(12, '0')}`;
}

/** Shows a part of the window on a test desk, with an agent signed in. */
export function renderOnDesk(node: ReactNode, bridge: Bridge, calls: DeskCall[] = []) {
  startTexts('en');
  windowStore.setState(emptyWindow, true);
  deskStore.setState(
    {
      ...emptyDesk,
      loaded: true,
      calls,
      configuration: defaultConfiguration,
      parts: partsFrom(() => null),
      agent: { state: 'onCall', reason: null, since: 0, next: null, breakEndsAt: null, pbx: null },
      session: {
        ...emptyDesk.session,
        state: 'signedIn',
        user: {
          id: ids.user,
          login: 'priya',
          name: 'Priya Nair',
          role: 'agent',
          teamId: null,
          extension: '2041',
          queueIds: ['support'],
        },
      },
    },
    true,
  );
  return render(
    <MantineProvider env="test">
      <BridgeProvider bridge={bridge}>{node}</BridgeProvider>
    </MantineProvider>,
  );
}

export function aCall(changes: Partial<DeskCall> = {}): DeskCall {
  return {
    id: ids.call,
    callRef: 'ref-1',
    kind: 'customer',
    direction: 'in',
    state: 'talking',
    number: {
      raw: '13800138000',
      display: '138 0013 8000',
      key: '+8613800138000',
      withheld: false,
      region: null,
    },
    callerName: null,
    queueId: 'support',
    waitedMs: 4000,
    offeredAt: 1_000_000,
    ringEndsAt: null,
    answeredAt: 1_005_000,
    endedAt: null,
    endedBy: null,
    result: null,
    muted: false,
    consultFor: null,
    conference: false,
    transferring: false,
    heldSince: null,
    transferredBy: null,
    autoAnswerAt: null,
    quality: null,
    recording: null,
    listener: null,
    media: 'connected',
    customerId: ids.customer,
    customerName: 'Maria Keller',
    ticketIds: [],
    pop: { callId: ids.call, match: 'one', candidates: [], card: null },
    wrapUp: 'none',
    wrapUpEndsAt: null,
    failure: null,
    ...changes,
  };
}

export function aCandidate(changes: Partial<Candidate> = {}): Candidate {
  return {
    customerId: ids.customer,
    name: 'Sabine Vogt',
    kind: 'person',
    valueClass: 'B',
    certainty: 'exact',
    lastContactAt: null,
    openTickets: 0,
    place: 'Spandau',
    verifiedOn: null,
    ...changes,
  };
}

export function aTicket(changes: Partial<TicketView> = {}): TicketView {
  return {
    id: uuid(20),
    no: '20260000001',
    type: 'repair',
    categoryId: null,
    priority: 'normal',
    state: 'registered',
    subject: 'No hot water',
    description: '',
    customerId: ids.customer,
    callId: null,
    queueId: 'support',
    numberRaw: null,
    ownerId: ids.user,
    firstContactId: ids.user,
    firstContactName: 'Priya Nair',
    createdAt: 1_000_000,
    dueAt: null,
    closedAt: null,
    ...usualFieldsOf('ticket'),
    customerName: 'Maria Keller',
    ownerName: 'Priya Nair',
    waiting: false,
    ...changes,
  };
}

export function aJournalEntry(changes: Partial<JournalEntry> = {}): JournalEntry {
  return {
    callId: ids.call,
    callRef: 'ref-1',
    at: 1_000_000,
    direction: 'in',
    queueId: 'support',
    numberKey: '+8613800138000',
    numberDisplay: '138 0013 8000',
    customerId: ids.customer,
    customerName: 'Maria Keller',
    agentId: ids.user,
    agentName: 'Priya Nair',
    result: 'answered',
    talkMs: 65_000,
    waitedMs: 4000,
    heldMs: 0,
    transferredTo: null,
    endedBy: 'customer',
    wrapUp: null,
    tickets: [],
    followUp: null,
    ...changes,
  };
}

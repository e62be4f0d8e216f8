import { cleanup, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SupervisionView } from '#shared/contract/models.ts';
import type { AuditEntry } from '#shared/domain/audit.ts';
import type { Role } from '#shared/domain/permissions.ts';
import { ok } from '#shared/result.ts';
import { deskStore } from '../../store/desk.ts';
import { renderOnDesk, testDesk, uuid } from '../fields/testDesk.tsx';
import type { TeamAgent } from './agentGroups.ts';
import { ListeningBar } from './ListeningBar.tsx';
import { TeamPage } from './TeamPage.tsx';

const talking: TeamAgent = {
  userId: uuid(901),
  name: 'Tomasz Wrona',
  state: 'onCall',
  reason: null,
  since: 1_000,
  callId: null,
  customerName: 'Maria Keller',
  queueId: 'support',
  extension: '2042',
  teamId: null,
};
const entry: AuditEntry = {
  id: uuid(50),
  at: 1_000_000,
  action: 'listening.started',
  userId: uuid(900),
  userName: 'Priya Nair',
  device: null,
  agentId: talking.userId,
  agentName: talking.name,
  callRef: 'ref-1',
  mode: 'whisper',
  reason: null,
};
const managed: AuditEntry[] = [
  {
    ...entry,
    id: uuid(52),
    action: 'integration.key.revoked',
    agentId: null,
    agentName: '',
    callRef: null,
    mode: null,
    detail: 'Web shop (sb_4f7k2m9q)',
  },
];
const asked: string[] = [];
const twoLines: AuditEntry[] = [entry, { ...entry, id: uuid(51), action: 'listening.asked' }];
const patient = { timeout: 60_000 };
let audited: (before: number | null) => AuditEntry[] = () => twoLines;

beforeEach(() => {
  window.location.hash = '#/team';
  asked.length = 0;
  audited = () => twoLines;
});
afterEach(cleanup);

function open(role: Role, supervision: Partial<SupervisionView> = {}, node = <TeamPage />) {
  const desk = testDesk({
    'team.view': () => ok({ agents: [talking], calls: [] }),
    'team.audit': ({ about, before }) => ok(about === 'calls' ? audited(before) : managed),
    'team.listen': ({ mode }) => {
      asked.push(`listen ${mode}`);
      return ok({});
    },
    'team.stopListening': () => {
      asked.push('stop');
      return ok({});
    },
    'team.takeOver': ({ userId }) => {
      asked.push(`takeOver ${userId}`);
      return ok({});
    },
  });
  renderOnDesk(node, desk.bridge);
  deskStore.setState((state) => ({
    ...state,
    phone: { ...state.phone, state: 'registered' },
    session: {
      ...state.session,
      user: state.session.user && { ...state.session.user, role },
    },
    supervision: {
      connector: { state: 'connected', since: 0 },
      listening: null,
      ...supervision,
    },
  }));
  return userEvent.setup();
}

describe('listening in from the team page', () => {
  it('offers the ways on the tile of who is on a call', async () => {
    const user = open('supervisor');
    await user.click(await screen.findByTestId('listen-menu'));
    await user.click(await screen.findByTestId('listen-whisper'));
    await waitFor(() => expect(asked).toEqual(['listen whisper']));
  });

  it('asks before it leads a caller away', async () => {
    const user = open('supervisor');
    await user.click(await screen.findByTestId('listen-menu'));
    await user.click(await screen.findByTestId('take-over'));
    expect(asked).toEqual([]);
    await user.click(await screen.findByTestId('take-over-yes'));
    await waitFor(() => expect(asked).toEqual([`takeOver ${talking.userId}`]));
  });

  it('offers nothing to who may not, and says nothing of it', async () => {
    open('quality');
    await screen.findByTestId('agent-tile');
    expect(screen.queryByTestId('listen-menu')).toBeNull();
    expect(screen.queryByTestId('open-audit')).toBeNull();
  });

  it.each([
    ['absent', 'no line to the phone system'],
    ['blind', 'does not answer'],
    ['unknown', 'has not said yet'],
  ] as const)('says why it cannot: %s', async (state, words) => {
    open('supervisor', { connector: { state, since: 1_000 } });
    expect(await screen.findByText(new RegExp(words, 'u'))).toBeTruthy();
    expect(screen.queryByTestId('listen-menu')).toBeNull();
  });

  it('shows who listened to whom', async () => {
    const user = open('supervisor');
    await user.click(await screen.findByTestId('open-audit'));
    const lines = await screen.findAllByTestId('audit-line');
    expect(lines).toHaveLength(1);
    expect(lines[0]?.textContent).toContain('Priya Nair began to listen to Tomasz Wrona (Whisper)');
  });

  it('shows administrators alone who managed keys', async () => {
    const user = open('administrator');
    await user.click(await screen.findByTestId('open-audit'));
    await user.click(await screen.findByText('Integrations'));
    await waitFor(
      () =>
        expect(screen.getByTestId('audit-line').textContent).toContain(
          'Priya Nair revoked a keyWeb shop (sb_4f7k2m9q)',
        ),
      patient,
    );
    cleanup();
    open('supervisor');
    await screen.findByTestId('audit-panel');
    expect(screen.queryByText('Integrations')).toBeNull();
  });

  it('leaves no line out between pages when newer ones come', async () => {
    const all: AuditEntry[] = Array.from({ length: 51 }, (_, at) => ({
      ...entry,
      id: uuid(100 + at),
      at: 9_000 - at,
    }));
    audited = (before) => all.filter(({ at }) => before === null || at < before).slice(0, 50);
    const user = open('supervisor');
    await user.click(await screen.findByTestId('open-audit'));
    await user.click(await screen.findByRole('button', { name: 'Load more' }, patient));
    await waitFor(() => expect(screen.getAllByTestId('audit-line')).toHaveLength(51), patient);
    all.unshift({ ...entry, id: uuid(99), at: 9_500, action: 'call.takenOver' });
    const { userId, name } = talking;
    const listening = { userId, name, mode: 'listen', state: 'on', since: 1 } as const;
    deskStore.setState(({ supervision }) => ({ supervision: { ...supervision, listening } }));
    await screen.findByText(/took over/u, undefined, patient);
    expect(screen.getAllByTestId('audit-line')).toHaveLength(50);
    await user.click(await screen.findByRole('button', { name: 'Load more' }, patient));
    await waitFor(() => expect(screen.getAllByTestId('audit-line')).toHaveLength(52), patient);
  });
});

describe('the bar of a listener', () => {
  const listening = {
    userId: talking.userId,
    name: talking.name,
    mode: 'listen',
    state: 'on',
    since: 1_000,
  } as const;

  it('tells to whom, changes how, and stops by the key that ends a call', async () => {
    const user = open('supervisor', { listening }, <ListeningBar />);
    expect((await screen.findByTestId('listening-bar')).textContent).toContain(
      'Listening to Tomasz Wrona',
    );
    await user.click(screen.getByRole('radio', { name: 'Barge in' }));
    await waitFor(() => expect(asked).toEqual(['listen barge']));
    await user.keyboard('{Alt>}e{/Alt}');
    await waitFor(() => expect(asked).toEqual(['listen barge', 'stop']));
  });

  it('offers only the way out until the PBX has let it in', async () => {
    open('supervisor', { listening: { ...listening, state: 'ringing' } }, <ListeningBar />);
    await screen.findByTestId('listening-stop');
    expect(screen.queryByRole('radio')).toBeNull();
  });
});

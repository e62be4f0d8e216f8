import { cleanup, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SupervisionView } from '#shared/contract/models/desk.ts';
import type { AuditEntry } from '#shared/domain/audit.ts';
import type { Role } from '#shared/domain/permissions.ts';
import { ok } from '#shared/result.ts';
import { deskStore } from '../../store/desk.ts';
import { renderOnDesk, testDesk, uuid } from '../fields/testDesk.tsx';
import { AuditPanel } from './AuditPanel.tsx';
import { ListeningBar } from './ListeningBar.tsx';

const talking = { userId: uuid(901), name: 'Tomasz Wrona' };
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
  asked.length = 0;
  audited = () => twoLines;
});
afterEach(cleanup);

function open(
  role: Role,
  supervision: Partial<SupervisionView> = {},
  node = <AuditPanel onClose={() => undefined} />,
) {
  const desk = testDesk({
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

describe('what was done to calls', () => {
  it('shows who listened to whom', async () => {
    open('supervisor');
    const lines = await screen.findAllByTestId('audit-line');
    expect(lines).toHaveLength(1);
    expect(lines[0]?.textContent).toContain('Priya Nair began to listen to Tomasz Wrona (Whisper)');
  });

  it('shows administrators alone who managed keys', async () => {
    const user = open('administrator');
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

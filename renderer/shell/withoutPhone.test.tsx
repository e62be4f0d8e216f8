import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { Snapshot } from '#shared/contract/models/desk.ts';
import type { Role } from '#shared/domain/permissions.ts';
import type { Language } from '#shared/domain/text/text.ts';
import { sampleCard, sampleTask } from '#tests/support/deskSample/sampleCustomer.ts';
import { sampleSession, sampleSnapshot } from '#tests/support/deskSample/sampleDesk.ts';
import { agentId, customerId } from '#tests/support/deskSample/sampleWords.ts';
import { showWindow } from '#tests/support/windowHarness.tsx';
import { Markdown } from '../features/knowledge/Markdown.tsx';
import { openCustomer } from '../store/window.ts';
import { Shell } from './Shell.tsx';

const now = Date.now();
const nothing = { customers: [], tickets: [], notes: [], articles: [], incomplete: false };

afterEach(cleanup);

function snapshotOf(role: Role, extension: string | null, language: Language): Snapshot {
  const snapshot = sampleSnapshot(language, now);
  const session = sampleSession(language);
  return {
    ...snapshot,
    session: { ...session, user: session.user && { ...session.user, role, extension } },
    phone: { ...snapshot.phone, state: extension ? 'registered' : 'off', microphone: 'unknown' },
    agent: { ...snapshot.agent, state: 'break', reason: 'rest' },
  };
}

function show(role: Role, extension: string | null, language: Language = 'en') {
  return showWindow(<Shell />, snapshotOf(role, extension, language), {
    'customers.card': () => sampleCard(language, now),
    'customers.timeline': () => [],
    'search.everything': () => nothing,
    'tickets.list': () => [],
    'tasks.list': () => [sampleTask(language, now)],
    'journal.list': () => [],
    'wrapUps.backlog': () => [],
    'calls.recents': () => [],
  });
}

async function press(key: string, code: string, held: { altKey?: true; ctrlKey?: true }) {
  await act(async () => {
    fireEvent.keyDown(window, { key, code, ...held });
  });
}

const bar = () => screen.getByTestId('call-bar');

describe('the window of somebody for whom no phone rings', () => {
  it('has everything about calls where there is an extension', async () => {
    await show('administrator', '2090');
    expect(screen.getByTestId('dial-field')).toBeTruthy();
    expect(screen.getByTestId('go-ready')).toBeTruthy();
    expect(screen.getByTestId('first-steps')).toBeTruthy();
    expect(screen.getByTestId('phone-state')).toBeTruthy();
    expect(within(screen.getByTestId('task')).getByRole('button', { name: /^Call/u })).toBeTruthy();
  });

  it('offers neither to be ready nor to dial', async () => {
    await show('agent', null);
    for (const id of ['dial-field', 'go-ready', 'first-steps', 'phone-state']) {
      expect(screen.queryByTestId(id), id).toBeNull();
    }
    const task = within(screen.getByTestId('task'));
    expect(task.queryByRole('button', { name: /^Call/u })).toBeNull();
    await act(async () => openCustomer(customerId));
    for (const number of screen.getAllByTestId('contact-number')) {
      expect(number.tagName).toBe('SPAN');
    }
  });

  it('dials by no key, and not what was typed into the search', async () => {
    const bridge = await show('agent', null);
    await press('j', 'KeyJ', { ctrlKey: true });
    await press('l', 'KeyL', { altKey: true });
    fireEvent.change(screen.getByTestId('omnibox'), { target: { value: '030 23125-047' } });
    await screen.findByTestId('search-none');
    expect(screen.queryByTestId('search-dial')).toBeNull();
    expect(bridge.asked.map(({ name }) => name)).not.toContain('calls.dial');
  });

  it('shows a number that a link asked for, and says why it cannot be dialled', async () => {
    const bridge = await show('agent', null);
    await act(async () => bridge.emit('dial.asked', { number: '030 23125-047' }));
    const asked = await screen.findByRole('dialog');
    expect(asked.textContent).toContain('030 23125-047');
    expect(asked.textContent).toContain('No phone rings for you');
    expect(within(asked).queryByRole('button', { name: 'Call' })).toBeNull();
  });

  it('reads the number of an article as words', async () => {
    const article = <Markdown text="Call [the plumber](tel:03023125047)" />;
    await showWindow(article, snapshotOf('agent', null, 'en'));
    expect(screen.getByText('the plumber').tagName).toBe('SPAN');
    cleanup();
    await showWindow(article, snapshotOf('agent', '2041', 'en'));
    expect(screen.getByRole('button', { name: 'the plumber' })).toBeTruthy();
  });

  it('has an account in its corner, and no state to choose', async () => {
    await show('agent', null);
    await press('w', 'KeyW', { altKey: true });
    expect(await screen.findByTestId('sign-out')).toBeTruthy();
    expect(screen.queryByTestId('rest-ready')).toBeNull();
    expect(screen.queryByTestId('rest-lunch')).toBeNull();
    expect(screen.getByTestId('agent-state').textContent).toContain('No calls');
  });

  it('is told of no break, which has no end either', async () => {
    const bridge = await show('agent', null);
    const agent = { ...sampleSnapshot('en', now).agent, state: 'break', reason: 'rest' } as const;
    const failure = { code: 'break-over' as const, message: '' };
    await act(async () => {
      bridge.emit('agent.changed', { ...agent, breakEndsAt: now });
      bridge.emit('notice.added', { id: 'break-over', level: 'warning', failure });
    });
    expect(screen.queryByTestId('my-day-break')).toBeNull();
    expect(bar().textContent).toContain('You have no extension');
    expect(screen.getByTestId('notices').getAttribute('aria-label')).toBe('0 notices');
  });

  it.each<[Role, string | null, Language, string]>([
    ['agent', null, 'en', 'You have no extension. An administrator sets it under People.'],
    ['agent', null, 'zh-CN', '你没有分机，可由管理员在“人员”中设置。'],
    ['quality', '2070', 'en', 'Your role takes no calls.'],
    ['quality', '2070', 'zh-CN', '你的角色不接听来电。'],
  ])('says why where the calls would be (%s, %s, %s)', async (role, extension, language, why) => {
    await show(role, extension, language);
    expect(bar().textContent).toContain(why);
    expect(screen.queryByTestId('set-extension')).toBeNull();
  });

  it('leads an administrator to the own account', async () => {
    await show('administrator', null);
    expect(bar().textContent).toContain('You have no extension.');
    expect(screen.getByTestId('set-extension').getAttribute('href')).toBe(`#/users/${agentId}`);
  });
});

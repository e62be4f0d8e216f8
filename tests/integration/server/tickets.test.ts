import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningServer, startServer } from '#server/server.ts';
import type { SignedInUser } from '#shared/sync/messages.ts';
import { type Item, makeKey } from '../../support/apiClient.ts';
import { type Backend, backendNames, startBackend } from '../../support/serverBackends.ts';
import { operationBy, ServerClient, stampAt, ticketFields } from '../../support/serverClient.ts';
import { stepOn } from '../../support/ticketSteps.ts';

type Fields = Record<string, unknown>;

describe.each(backendNames)('steps of tickets on %s', (name) => {
  let backend: Backend;
  let server: RunningServer;
  const clients = new Map<string, { client: ServerClient; user: SignedInUser }>();

  beforeAll(async () => {
    backend = await startBackend(name);
    server = await startServer(backend.options());
    for (const login of ['xu.jing', 'chen.hao', 'wu.min']) {
      const client = new ServerClient(server.url);
      clients.set(login, { client, user: (await client.signIn(login)).user });
    }
  });
  afterAll(async () => {
    await server?.stop();
    await backend?.stop();
  });

  function as(login: 'xu.jing' | 'chen.hao' | 'wu.min') {
    const one = clients.get(login);
    if (!one) throw new Error(`${login} is not signed in`);
    return one;
  }

  async function newTicket(parts: Fields = {}): Promise<{ id: string; fields: Fields }> {
    const { client, user } = as('xu.jing');
    const fields = { ...ticketFields(user.id), firstContactName: user.name, ...parts };
    const made = operationBy(user.id, { entity: 'ticket', fields });
    expect(await client.push(made)).toMatchObject([{ outcome: 'applied' }]);
    return { id: made.entityId, fields };
  }

  async function recordsOf(ticketId: string) {
    const { changes } = await as('xu.jing').client.pullSettled();
    return {
      ticket: changes.find(({ id }) => id === ticketId),
      events: changes
        .filter(({ entity, fields }) => entity === 'ticketEvent' && fields.ticketId === ticketId)
        .toSorted((a, b) => Number(a.fields.at) - Number(b.fields.at)),
    };
  }

  const refusal = (reason: string, message: unknown = expect.any(String)) => ({
    outcome: 'rejected',
    reason,
    message,
  });

  test('an allowed step changes the ticket, and its event is there once, whoever brings it', async () => {
    const { client, user } = as('xu.jing');
    const { id, fields } = await newTicket();
    const start = stepOn(user, id, fields, { action: 'start' }, { at: 1 });
    expect(await client.push(start.step)).toMatchObject([{ outcome: 'applied' }]);
    const before = await recordsOf(id);
    expect(before.ticket?.fields).toMatchObject({ state: 'inProgress', ownerId: user.id });
    expect(before.events).toMatchObject([
      { id: start.event.entityId, version: 1, fields: start.event.fields },
    ]);
    expect(await client.push(start.event)).toMatchObject([{ outcome: 'applied', version: 1 }]);

    // Step, event and the next step in one push, and all of it once more.
    const wait = stepOn(user, id, start.after, { action: 'wait', note: 'For a photo' }, { at: 2 });
    const resume = stepOn(user, id, wait.after, { action: 'resume' }, { at: 3 });
    const push = [wait.step, wait.event, resume.step, resume.event];
    const taken = await client.push(...push);
    expect(taken.map(({ outcome }) => outcome)).toEqual(Array(4).fill('applied'));
    expect(await client.push(...push)).toEqual(taken);
    const after = await recordsOf(id);
    expect(after.ticket?.fields.pauses).toEqual([{ from: 2, to: 3 }]);
    expect(after.events.map((event) => event.fields)).toEqual(
      [start, wait, resume].map(({ event }) => event.fields),
    );
  });

  test('whoever signs with the name of a colleague has the own one there', async () => {
    const [one, two] = [as('xu.jing'), as('chen.hao')];
    const { id, fields } = await newTicket({ ownerId: one.user.id, ownerName: two.user.name });
    const forger = { ...one.user, name: two.user.name };
    const { step, event } = stepOn(forger, id, fields, { action: 'acknowledge' });
    const note = (byId: string) =>
      operationBy(one.user.id, {
        entity: 'ticketEvent',
        fields: {
          ...{ ticketId: id, name: 'ticket.noted', at: 9, note: 'n', detail: null },
          ...{ byId, byName: two.user.name },
        },
      });
    const file = (byId: string) =>
      operationBy(one.user.id, {
        entity: 'attachment',
        fields: {
          ...{ ticketId: id, name: 'a.png', mime: 'image/png', bytes: 1, sha256: 'a'.repeat(64) },
          ...{ at: 1, byId, byName: two.user.name, retired: false },
        },
      });
    const own = file(one.user.id);
    const told = await one.client.push(step, event, note(one.user.id), own);
    expect(told.map(({ outcome }) => outcome)).toEqual(Array(4).fill('applied'));
    expect(await one.client.push(note(two.user.id), file(two.user.id))).toMatchObject([
      refusal('not-yours'),
      refusal('not-yours'),
    ]);
    // A colleague may retire it, and stays who is not its author.
    const change = operationBy(two.user.id, {
      ...{ entity: 'attachment', entityId: own.entityId, baseVersion: 1 },
      fields: { retired: true, byId: two.user.id, byName: two.user.name },
    });
    expect(await two.client.push(change)).toMatchObject([{ outcome: 'merged' }]);

    const { ticket, events } = await recordsOf(id);
    expect(ticket?.fields).toMatchObject({
      ownerName: one.user.name,
      lastStep: { byId: one.user.id, byName: one.user.name },
    });
    const by = { byId: one.user.id, byName: one.user.name };
    expect(events.map((one) => one.fields)).toMatchObject([by, by]);
    const { changes } = await one.client.pullSettled();
    const held = changes.find(({ id }) => id === own.entityId);
    expect(held?.fields).toMatchObject({ ...by, retired: true });
  });

  test('two desks step from the same state: the second is told where the ticket is', async () => {
    const [one, two] = [as('xu.jing'), as('chen.hao')];
    const { id, fields } = await newTicket();
    const first = stepOn(one.user, id, fields, { action: 'acknowledge' });
    const second = stepOn(two.user, id, fields, { action: 'start' });
    await one.client.push(first.step, first.event);
    expect(await two.client.push(second.step, second.event)).toMatchObject([
      refusal('state-not-allowed', 'state: the ticket is acknowledged'),
      refusal('state-not-allowed'),
    ]);
    const { ticket, events } = await recordsOf(id);
    expect(ticket?.fields).toMatchObject({ state: 'acknowledged', ownerId: null });
    expect(events.map((event) => event.id)).toEqual([first.event.entityId]);
  });

  test('the first response stands: who comes later moves it nowhere, nor takes it back', async () => {
    const { client, user } = as('xu.jing');
    const { id } = await newTicket();
    const say = (respondedAt: number | null, clockMs: number) =>
      operationBy(user.id, {
        entity: 'ticket',
        entityId: id,
        fields: { respondedAt, summary: `at ${clockMs}` },
        clock: stampAt(clockMs),
        baseVersion: 1,
      });
    const clocks = [1, 2, 3].map((after) => Date.now() + after);
    const said = [
      say(1_000, clocks[0] ?? 0),
      say(9_000, clocks[1] ?? 0),
      say(null, clocks[2] ?? 0),
    ];
    const told = await client.push(...said);
    expect(told.map(({ outcome }) => outcome)).toEqual(['applied', 'merged', 'merged']);
    const { ticket } = await recordsOf(id);
    expect(ticket?.fields).toMatchObject({ respondedAt: 1_000, summary: `at ${clocks[2]}` });
  });

  test('tickets become part of one another by who is in charge, and never of each other', async () => {
    const [one, two, lead] = [as('xu.jing'), as('chen.hao'), as('wu.min')];
    const owned = { state: 'assigned', ownerId: one.user.id };
    const [a, b, c] = [await newTicket(owned), await newTicket(owned), await newTicket(owned)];
    const merging = ({ user }: typeof one, ticketId: string, into: string | null) =>
      operationBy(user.id, {
        entity: 'ticket',
        entityId: ticketId,
        fields: { mergedInto: into },
        baseVersion: 1,
      });
    const merge = async (by: typeof one, ticketId: string, into: string | null) => {
      const [result] = await by.client.push(merging(by, ticketId, into));
      return result?.reason ?? result?.outcome;
    };
    expect(await merge(two, a.id, b.id)).toBe('forbidden');
    expect(await merge(one, a.id, a.id)).toBe('state-not-allowed');
    expect(await merge(one, a.id, b.id)).toBe('applied');
    expect(await merge(one, b.id, a.id)).toBe('state-not-allowed');
    expect(await merge(lead, c.id, a.id)).toBe('state-not-allowed');
    expect(await merge(one, a.id, c.id)).toBe('conflict');
    expect(await merge(two, a.id, null)).toBe('forbidden');
    expect(await merge(one, a.id, null)).toBe('applied');
    // Where the other is not here yet, there is nothing to judge by.
    expect(await merge(one, a.id, uuidv7())).toBe('applied');

    for (let round = 0; round < 5; round++) {
      const [left, right] = [await newTicket(owned), await newTicket(owned)];
      const both = await Promise.all([
        one.client.push(merging(one, left.id, right.id)),
        lead.client.push(merging(lead, right.id, left.id)),
      ]);
      const outcomes = both.flat().map(({ outcome, reason }) => reason ?? outcome);
      expect(outcomes.sort()).toEqual(['applied', 'state-not-allowed']);
    }
  });

  test('the same state a second time is another state: what was not seen is not overwritten', async () => {
    const [one, two] = [as('xu.jing'), as('chen.hao')];
    const { id, fields } = await newTicket({ state: 'assigned', ownerId: as('wu.min').user.id });
    const early = stampAt(Date.now());
    const away = stepOn(one.user, id, fields, { action: 'assign', ownerId: two.user.id });
    await one.client.push(away.step);
    // Made before that, at a desk that was away.
    const late = stepOn(
      one.user,
      id,
      fields,
      { action: 'assign', ownerId: one.user.id },
      { clock: early },
    );
    expect(await one.client.push(late.step)).toMatchObject([
      refusal('state-not-allowed', 'state: the ticket is assigned'),
    ]);
    // One level of escalation each, or the second would vanish in the first.
    const up = { action: 'escalate', note: 'Waits too long' } as const;
    const [mine, theirs] = [one, two].map(({ user }) => stepOn(user, id, away.after, up));
    expect(await one.client.push(mine?.step)).toMatchObject([{ outcome: 'applied' }]);
    expect(await two.client.push(theirs?.step)).toMatchObject([refusal('state-not-allowed')]);
  });

  test.each<[string, Fields, string]>([
    ['without a step', { state: 'closed' }, 'state: changes by a step only (lastStep)'],
    ['owner alone', { ownerId: uuidv7() }, 'ownerId: changes by a step only (lastStep)'],
    ['pauses alone', { pauses: [{ from: 1, to: 2 }] }, 'pauses: changes by a step only (lastStep)'],
    [
      'first contact',
      { firstContactId: uuidv7() },
      'firstContactId: is the same from start to end',
    ],
  ])('no change %s', async (_, change, message) => {
    const { client, user } = as('wu.min');
    const { id: entityId } = await newTicket();
    const change1 = operationBy(user.id, { entity: 'ticket', entityId, fields: change });
    expect(await client.push(change1)).toMatchObject([refusal('state-not-allowed', message)]);
  });

  test('a step does what it says, and nothing else', async () => {
    const { client, user } = as('xu.jing');
    const { id, fields } = await newTicket();
    const { step } = stepOn(user, id, fields, { action: 'acknowledge' });
    const also = (change: Fields) => ({
      ...step,
      id: uuidv7(),
      fields: { ...step.fields, ...change },
    });
    const lastStep = step.fields.lastStep as Fields;
    for (const change of [{ state: 'closed' }, { escalation: 7 }, { ownerId: uuidv7() }]) {
      expect(await client.push(also(change))).toMatchObject([refusal('state-not-allowed')]);
    }
    const other = also({ lastStep: { ...lastStep, byId: uuidv7() } });
    expect(await client.push(other)).toMatchObject([refusal('state-not-allowed')]);
    // What is no part of the flow may come with it.
    expect(await client.push(also({ subject: 'Boiler leaks still' }))).toMatchObject([
      { outcome: 'applied' },
    ]);
  });

  test('what a step needs is asked for, and who may take it', async () => {
    const [one, other] = [as('xu.jing'), as('chen.hao')];
    const { id, fields } = await newTicket({ state: 'assigned', ownerId: one.user.id });
    const given = stepOn(one.user, id, fields, { action: 'return', note: 'Not ours' }).step;
    const { lastStep } = given.fields as { lastStep: Fields };
    const silent = { ...given, fields: { ...given.fields, lastStep: { ...lastStep, note: ' ' } } };
    expect(await one.client.push(silent)).toMatchObject([
      refusal('invalid-fields', 'note: is missing'),
    ]);
    const byId = other.user.id;
    const foreign = {
      ...given,
      id: uuidv7(),
      authorId: byId,
      fields: { ...given.fields, lastStep: { ...lastStep, byId } },
    };
    expect(await other.client.push(foreign)).toMatchObject([refusal('forbidden')]);
  });

  test('a complaint is closed when its customer is satisfied, or by a lead', async () => {
    const [agent, lead] = [as('xu.jing'), as('wu.min')];
    const { id, fields } = await newTicket({ type: 'complaint' });
    const solved = stepOn(agent.user, id, fields, { action: 'resolve', resolution: 'New seal' });
    const visited = stepOn(agent.user, id, solved.after, { action: 'visit' });
    const close = stepOn(agent.user, id, visited.after, { action: 'close', visit: 'satisfied' });
    const { lastStep } = close.step.fields as { lastStep: Fields };
    const unproven = {
      ...close.step,
      id: uuidv7(),
      fields: { ...close.step.fields, lastStep: { ...lastStep, visit: null } },
    };
    expect(await agent.client.push(solved.step, visited.step, unproven)).toMatchObject([
      { outcome: 'applied' },
      { outcome: 'applied' },
      refusal('forbidden'),
    ]);
    expect(await agent.client.push(close.step)).toMatchObject([{ outcome: 'applied' }]);

    const second = await newTicket({ type: 'complaint' });
    const solution = { action: 'resolve', resolution: 'Refunded' } as const;
    const refund = stepOn(agent.user, second.id, second.fields, solution);
    const end = stepOn(lead.user, second.id, refund.after, { action: 'close' });
    await agent.client.push(refund.step);
    expect(await lead.client.push(end.step)).toMatchObject([{ outcome: 'applied' }]);
  });

  test.each<[string, Fields]>([
    ['closed', { state: 'closed', closedAt: 5 }],
    ['waiting', { state: 'waiting', pauses: [{ from: 1, to: null }] }],
    ['assigned to nobody', { state: 'assigned' }],
    ['re-opened before', { reopened: 1 }],
    ['escalated before', { escalation: 2 }],
  ])('no ticket begins %s', async (_, parts) => {
    const { client, user } = as('xu.jing');
    const fields = { ...ticketFields(user.id), ...parts };
    expect(await client.push(operationBy(user.id, { entity: 'ticket', fields }))).toMatchObject([
      refusal('state-not-allowed'),
    ]);
  });

  test('an event of a step that nobody took is refused; notes are anybody’s', async () => {
    const { client, user } = as('chen.hao');
    const { id: ticketId } = await newTicket();
    const event = (eventName: string) =>
      operationBy(user.id, {
        entity: 'ticketEvent',
        fields: { ticketId, name: eventName, at: 1, byId: user.id, byName: user.name, note: null },
      });
    expect(await client.push(event('ticket.closed'), event('ticket.noted'))).toMatchObject([
      refusal('state-not-allowed', 'name: its step was not taken'),
      { outcome: 'applied' },
    ]);
  });

  test('programs take steps by a request of its own, once with an Idempotency-Key', async () => {
    const crm = await makeKey(server.url);
    const { id: ticketId } = await crm.make('tickets', { subject: 'Boiler leaks', type: 'repair' });
    const path = `/api/v1/tickets/${ticketId}/steps`;
    const take = (body: object, headers = {}) => crm.call<Item>('POST', path, body, headers);
    const sent = { 'idempotency-key': uuidv7() };
    const assign = { action: 'assign', ownerId: as('chen.hao').user.id };
    const first = await take(assign, sent);
    expect(first).toMatchObject({ status: 200, body: { state: 'assigned' } });
    expect(first.headers.get('etag')).toBe(`"${first.body.version}"`);
    expect((await take(assign, sent)).body).toEqual(first.body);
    await as('xu.jing').client.tip();
    const { items } = await crm.page(`ticket-events?ticketId=${ticketId}`);
    expect(items.map((event) => [event.name, event.byName])).toEqual([
      ['ticket.created', 'CRM'],
      ['ticket.assigned', 'CRM'],
    ]);

    expect(await take({ action: 'resume' })).toMatchObject({
      status: 409,
      body: { code: 'state-not-allowed', detail: expect.stringContaining('assigned') },
    });
    expect(await take({ action: 'return' })).toMatchObject({
      status: 400,
      body: { code: 'missing-field', detail: 'note: is needed for this step' },
    });
    for (const body of [{}, { action: 'explode' }, { action: 'start', more: 1 }]) {
      expect((await take(body)).status).toBe(400);
    }
    const nobody = { action: 'assign', ownerId: uuidv7() };
    expect(await take(nobody)).toMatchObject({ status: 400, body: { code: 'invalid-input' } });
    const nowhere = `/api/v1/tickets/${uuidv7()}/steps`;
    expect((await crm.call('POST', nowhere, { action: 'start' })).status).toBe(404);
    const reader = await makeKey(server.url, { name: 'BI', scopes: ['tickets:read'] });
    expect((await reader.call('POST', path, { action: 'start' })).status).toBe(403);

    for (const patch of [{ state: 'closed' }, { ownerId: null }]) {
      expect(await crm.call('PATCH', `/api/v1/tickets/${ticketId}`, patch)).toMatchObject({
        status: 400,
        body: { detail: expect.stringContaining('POST /api/v1/tickets/{id}/steps') },
      });
    }
    const tags = ['boiler'];
    await crm.call('PATCH', `/api/v1/tickets/${ticketId}`, { tags, impact: 'high' });
    const subject = 'Boiler leaks again';
    const patched = await crm.call<Item>('PATCH', `/api/v1/tickets/${ticketId}`, { subject });
    // What a patch does not name stays.
    expect(patched.body).toMatchObject({ subject, tags, impact: 'high' });
    const closed = { subject: 'Old', type: 'repair', state: 'closed' };
    expect((await crm.call('POST', '/api/v1/tickets', closed)).status).toBe(400);
  });
});

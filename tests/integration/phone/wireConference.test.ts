import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ScriptedCall } from '#tests/support/scriptedPbx.ts';
import { done, WirePhone } from '#tests/support/wirePhone.ts';

let wire: WirePhone;

beforeEach(async () => {
  wire = await WirePhone.registered({ digits: 'rtp', waitingCalls: 2 });
});

afterEach(() => wire.close());

/** A call that is up, with the name of its peer connection. */
async function talking(id: string): Promise<{ leg: string; call: ScriptedCall; session: string }> {
  const known = sessions();
  const answered = await wire.answered(id);
  const [session = ''] = sessions().filter((name) => !known.includes(name));
  return { ...answered, session };
}

function sessions(): string[] {
  const described = wire.told('describe') as { session: string }[];
  return [...new Set(described.map(({ session }) => session))];
}

async function conference() {
  const first = await talking('first');
  const second = await talking('second');
  expect(await wire.desk.phone.confer([first.leg, second.leg])).toEqual(done);
  return { first, second };
}

describe('a conference', () => {
  it('resumes the held call, and has both mixed', async () => {
    const { first, second } = await conference();
    expect(wire.desk.phone.legs()).toMatchObject([
      { state: 'talking', conference: true },
      { state: 'talking', conference: true },
    ]);
    expect(wire.told('mix')).toEqual([{ sessions: [first.session, second.session] }]);
  });

  it('loses the one who hangs up, and with them itself', async () => {
    const { first, second } = await conference();
    second.call.bye();
    await wire.end(second.leg);
    expect(wire.desk.phone.legs()).toMatchObject([
      { leg: first.leg, state: 'talking', conference: false },
    ]);
    expect(wire.told('mix').at(-1)).toEqual({ sessions: [] });
  });

  it('of three goes on with two', async () => {
    const { first, second } = await conference();
    const third = await talking('third');
    expect(wire.state(first.leg)).toBe('held');
    expect(wire.state(second.leg)).toBe('held');
    expect(wire.told('mix').at(-1)).toEqual({ sessions: [] });
    const all = [first.leg, second.leg, third.leg];
    expect(await wire.desk.phone.confer(all)).toEqual(done);
    expect(wire.told('mix').at(-1)).toEqual({
      sessions: [first.session, second.session, third.session],
    });
    first.call.bye();
    await wire.end(first.leg);
    expect(wire.told('mix').at(-1)).toEqual({ sessions: [second.session, third.session] });
  });

  it('loses the one who is put on hold', async () => {
    const { first, second } = await conference();
    expect(await wire.desk.phone.hold(second.leg, true)).toEqual(done);
    expect(wire.desk.phone.legs()).toMatchObject([
      { leg: first.leg, state: 'talking', conference: false },
      { leg: second.leg, state: 'held', conference: false },
    ]);
    expect(wire.told('mix').at(-1)).toEqual({ sessions: [] });
  });

  it.each([[0], [1]])('ends with %i calls: one talks on, the other is held', async (kept) => {
    const { first, second } = await conference();
    const keep = kept === 0 ? [] : [second.leg];
    expect(await wire.desk.phone.confer(keep)).toEqual(done);
    expect(wire.told('mix').at(-1)).toEqual({ sessions: [] });
    expect(wire.state(first.leg)).toBe(kept === 0 ? 'talking' : 'held');
    expect(wire.state(second.leg)).toBe(kept === 0 ? 'held' : 'talking');
  });

  it('steps back for another call, and comes back where that is not answered after all', async () => {
    const { first, second } = await conference();
    // The hold for the sake of the second call, and the resumption for the conference.
    for (let at = 0; at < 2; at += 1) await first.call.says('INVITE');
    const third = await wire.offered('third');
    wire.pbx.accepts.delete('INVITE');
    const answer = wire.desk.phone.answer(third.leg);
    const holds = [await first.call.says('INVITE'), await second.call.says('INVITE')];
    third.call.cancel();
    await wire.end(third.leg);
    wire.pbx.accepts.add('INVITE');
    for (const hold of holds) wire.pbx.answer(hold, '200 OK', [], true);
    expect(await answer).toMatchObject({ ok: false });
    expect(wire.desk.phone.legs()).toMatchObject([{ conference: true }, { conference: true }]);
    expect(wire.told('mix').at(-1)).toEqual({ sessions: [first.session, second.session] });
  });

  it('is mixed anew with the new media after the page was loaded anew', async () => {
    const { first, second } = await conference();
    wire.pbx.accepts.add('INVITE');
    wire.media.tell({ type: 'ready' });
    const replaced = new Map<string, string>();
    for (let at = 0; at < 2; at += 1) {
      const invite = await wire.pbx.first('INVITE', (message) => message.header('Replaces') !== '');
      const id = invite.header('Replaces').split(';')[0] ?? '';
      wire.pbx.answer(invite, '200 OK', [], true);
      replaced.set(id, '');
      (id === 'first' ? first : second).call.bye();
    }
    await wire.desk.until(() => wire.told('mix').length === 2);
    const [, again] = wire.told('mix') as { sessions: string[] }[];
    expect(again?.sessions).toHaveLength(2);
    expect(again?.sessions).not.toContain(first.session);
    expect(again?.sessions).not.toContain(second.session);
    expect(wire.desk.phone.legs()).toMatchObject([{ conference: true }, { conference: true }]);
  });

  it('that the page cannot mix is none, and the calls are as they were', async () => {
    const first = await wire.answered('first');
    const second = await wire.answered('second');
    wire.media.failures.set('mix', 'media-failed');
    expect(await wire.desk.phone.confer([first.leg, second.leg])).toMatchObject({
      error: { code: 'media-failed' },
    });
    expect(wire.desk.phone.legs()).toMatchObject([
      { state: 'held', conference: false },
      { state: 'talking', conference: false },
    ]);
  });

  it('that the page could not mix is told to it anew', async () => {
    const { leg: first, session: one } = await talking('first');
    const { leg: second, session: other } = await talking('second');
    wire.media.failures.set('mix', 'media-failed');
    expect(await wire.desk.phone.confer([first, second])).toMatchObject({ ok: false });
    expect(wire.told('mix').at(-1)).toEqual({ sessions: [] });
    expect(await wire.desk.phone.confer([first, second])).toEqual(done);
    expect(wire.told('mix').at(-1)).toEqual({ sessions: [one, other] });
  });

  it('needs calls that are up and known', async () => {
    const first = await wire.answered('first');
    const second = await wire.offered('second');
    expect(await wire.desk.phone.confer([first.leg, second.leg])).toMatchObject({
      error: { code: 'call-state' },
    });
    expect(await wire.desk.phone.confer([first.leg, 'nobody'])).toMatchObject({
      error: { code: 'call-not-found' },
    });
  });
});

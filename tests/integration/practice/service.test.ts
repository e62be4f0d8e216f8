import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import {
  type PracticePbx,
  type PracticePbxOptions,
  PracticeStartError,
  startPracticePbx,
} from '#server/practice/practicePbx.ts';
import { PracticeDesk } from '../desk/practiceDesk.ts';

const resourcesDir = fileURLToPath(new URL('../../../resources', import.meta.url));
const controlToken = 'a-token-for-tests-only';
const settings = {
  accounts: [{ extension: '1001', password: 'p-1001', name: '李雷', queues: ['service'] }],
  queues: [{ id: 'service', name: '客户服务' }],
  resourcesDir,
  loopbackMedia: true,
};
const caller = { number: '+8613800138000', name: '王芳', queue: 'service' };

const running: PracticePbx[] = [];
const desks: PracticeDesk[] = [];

async function start(options: Partial<PracticePbxOptions> = {}): Promise<PracticePbx> {
  const pbx = await startPracticePbx({ ...settings, ...options });
  running.push(pbx);
  return pbx;
}

async function readyDesk(url: string): Promise<PracticeDesk> {
  const desk = await PracticeDesk.registered(url, '1001', 'p-1001');
  desks.push(desk);
  expect(await desk.tell('ready')).toBe(200);
  return desk;
}

afterEach(async () => {
  for (const desk of desks.splice(0)) await desk.close();
  for (const pbx of running.splice(0)) await pbx.close();
});

describe('the control interface', () => {
  async function ask(
    pbx: PracticePbx,
    method: string,
    path: string,
    options: { body?: unknown; token?: string } = {},
  ) {
    const response = await fetch(`http://127.0.0.1:${pbx.port}/control${path}`, {
      method,
      headers: { authorization: `Bearer ${options.token ?? controlToken}` },
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
  }

  it('places a caller, shows the state and lets the caller hang up', async () => {
    const pbx = await start({ controlToken });
    const desk = await readyDesk(pbx.url);
    const placed = await ask(pbx, 'POST', '/calls', { body: { ...caller, talkMs: 60_000 } });
    expect(placed.status).toBe(201);
    const { callRef } = placed.body;
    const invitation = await desk.nextCall();
    expect(invitation.request.getHeader('X-Call-Ref')).toBe(callRef);
    const state = await ask(pbx, 'GET', '/state');
    expect(state.body).toMatchObject({
      callersEnabled: false,
      agents: [{ extension: '1001', registered: true, available: false, inCall: false }],
      calls: [{ callRef, state: 'ringing', direction: 'inbound', ...caller }],
    });
    const abandoned = once(pbx.events, 'callAbandoned');
    expect(await ask(pbx, 'DELETE', `/calls/${callRef}`)).toEqual({ status: 204 });
    await abandoned;
    expect((await ask(pbx, 'DELETE', `/calls/${callRef}`)).status).toBe(404);
  });

  it('switches the automatic callers', async () => {
    const pbx = await start({ controlToken });
    const switched = await ask(pbx, 'POST', '/callers', { body: { enabled: true } });
    expect(switched).toEqual({ status: 200, body: { enabled: true } });
    expect(pbx.state().callersEnabled).toBe(true);
  });

  it.each([
    ['no number', { queue: 'service' }, 400],
    ['a number that is none', { number: 'Robert', queue: 'service' }, 400],
    ['a negative time', { ...caller, talkMs: -1 }, 400],
    ['an unknown queue', { ...caller, queue: 'nowhere' }, 422],
  ])('refuses %s as a problem', async (_case, body, status) => {
    const pbx = await start({ controlToken });
    const answer = await ask(pbx, 'POST', '/calls', { body });
    expect(answer).toMatchObject({ status, body: { status, type: 'about:blank' } });
    expect(pbx.state().calls).toEqual([]);
  });

  it('wants its token', async () => {
    const pbx = await start({ controlToken });
    expect((await ask(pbx, 'GET', '/state', { token: 'another-token-altogether' })).status).toBe(
      401,
    );
    expect((await ask(pbx, 'GET', '/nothing')).status).toBe(404);
  });

  it('is not there without a token', async () => {
    const pbx = await start();
    expect(pbx.controlUrl).toBeUndefined();
    expect((await ask(pbx, 'GET', '/state')).status).toBe(404);
  });
});

describe('starting', () => {
  it('says that the port is taken', async () => {
    const { port } = await start();
    const second = startPracticePbx({ ...settings, port });
    await expect(second).rejects.toBeInstanceOf(PracticeStartError);
    await expect(second).rejects.toMatchObject({ code: 'port-in-use' });
  });

  it('says that the voices are missing', async () => {
    const start = startPracticePbx({ ...settings, resourcesDir: '/nowhere' });
    await expect(start).rejects.toMatchObject({ code: 'voices-missing' });
  });

  it('leaves the port free at its end, also in the middle of a call', async () => {
    const pbx = await start();
    const desk = await readyDesk(pbx.url);
    pbx.placeCall(caller);
    await (await desk.nextCall()).accept();
    await pbx.close();
    running.length = 0;
    expect((await start({ port: pbx.port })).port).toBe(pbx.port);
  });
});

describe('automatic callers', () => {
  const callers = [
    { number: '+8613800138001', name: '张三', queue: 'service' },
    { number: '+442079460000', name: 'Ann', queue: 'service' },
    { number: 'anonymous', queue: 'service', scenario: 'silent' },
  ];
  const autoCallers = { enabled: true, firstAfterMs: 0, everyMs: { min: 0, max: 5 } };

  it('come while an agent is available, one after the other, and stop when switched off', async () => {
    const pbx = await start({ callers, autoCallers, timing: { wrapUpMs: 0 }, seed: 7 });
    expect(pbx.state().calls).toEqual([]);
    const desk = await readyDesk(pbx.url);
    const first = await desk.nextCall();
    expect(pbx.state().calls).toHaveLength(1);
    await first.accept();
    const ended = once(pbx.events, 'callEnded');
    await first.bye();
    await ended;
    await desk.nextCall();
    pbx.setCallers(false);
    expect(pbx.state().calls).toHaveLength(1);
  });

  it('come in the same order for the same seed', async () => {
    const orderOf = async (seed: number) => {
      const pbx = await start({ callers, autoCallers, seed, timing: { wrapUpMs: 0 } });
      const entered: string[] = [];
      pbx.events.on('callEntered', ({ number }) => entered.push(number));
      const desk = await readyDesk(pbx.url);
      for (let count = 0; count < 4; count += 1) {
        const invitation = await desk.nextCall();
        const abandoned = once(pbx.events, 'callEnded');
        const { callRef } = pbx.state().calls[0] ?? { callRef: '' };
        pbx.hangUpCaller(callRef);
        await abandoned;
        expect(invitation.request.getHeader('X-Call-Ref')).toBe(callRef);
      }
      await desk.close();
      await pbx.close();
      return entered.slice(0, 4);
    };
    expect(await orderOf(42)).toEqual(await orderOf(42));
    running.length = 0;
  });
});

describe('a client that behaves badly', () => {
  async function connect(url: string): Promise<WebSocket> {
    const socket = new WebSocket(url, 'sip');
    await once(socket, 'open');
    return socket;
  }

  const head = (method: string, more: string[] = []) =>
    [
      `${method} sip:1001@practice.invalid SIP/2.0`,
      'Via: SIP/2.0/WS bad.invalid;branch=z9hG4bKbad',
      'Max-Forwards: 70',
      'To: <sip:1001@practice.invalid>',
      'From: <sip:bad@practice.invalid>;tag=bad',
      'Call-ID: bad-call',
      `CSeq: 1 ${method}`,
      ...more,
      '',
      '',
    ].join('\r\n');

  it.each([
    ['noise', '\u0000\u0001 not SIP at all'],
    ['a request without headers', 'INVITE sip:1001@practice.invalid SIP/2.0\r\n\r\n'],
    ['an unknown method', head('SHOUT')],
    ['a broken address', head('INVITE').replace('To: <sip:1001@practice.invalid>', 'To: <<>>')],
    ['an INVITE out of nowhere', head('INVITE', ['Replaces: ;;;', 'Contact: <sip:bad@x.invalid>'])],
    ['an INVITE without contact', head('INVITE')],
    ['a BYE out of nowhere', head('BYE')],
    ['a REFER out of nowhere', head('REFER', ['Refer-To: <<'])],
    ['a CANCEL out of nowhere', head('CANCEL')],
    ['a PRACK out of nowhere', head('PRACK')],
    ['a SUBSCRIBE', head('SUBSCRIBE', ['Event: presence'])],
    ['a REGISTER with a broken contact', head('REGISTER', ['Contact: <<', 'Expires: -3'])],
    ['a REGISTER with broken digest', head('REGISTER', ['Authorization: Digest ,,=,"'])],
    ['a response to nothing', head('INVITE').replace(/^.*\r\n/, 'SIP/2.0 200 OK\r\n')],
    ['a body shorter than told', head('MESSAGE', ['Content-Length: 4000'])],
  ])('%s harms nobody', async (_case, text) => {
    const pbx = await start();
    const bad = await connect(pbx.url);
    bad.send(text);
    bad.send('\r\n\r\n');
    const [answer] = await once(bad, 'message');
    expect(String(answer)).toMatch(/^(\r\n$|SIP\/2\.0 )/);
    bad.terminate();
    const desk = await readyDesk(pbx.url);
    expect((await desk.dial('601')).status).toBe(200);
  });

  it('is cut off when its message is longer than any SIP message', async () => {
    const pbx = await start();
    const bad = await connect(pbx.url);
    const closed = once(bad, 'close');
    bad.send('x'.repeat(100_000));
    expect((await closed)[0]).toBe(1009);
  });

  it('may go in the middle of everything', async () => {
    const pbx = await start();
    const desk = await readyDesk(pbx.url);
    desk
      .invite('+861068880000')
      .invite()
      .catch(() => undefined);
    const dialled = once(pbx.events, 'callDialled');
    await dialled;
    const ended = once(pbx.events, 'callEnded');
    await desk.cut();
    await ended;
    expect(pbx.state()).toMatchObject({ calls: [], agents: [{ registered: false }] });
  });
});

describe('the process', () => {
  const main = fileURLToPath(new URL('../../../server/practice/main.ts', import.meta.url));
  const spawn = (value: unknown) =>
    fork(main, {
      env: { ...process.env, SWITCHBOARD_PRACTICE: JSON.stringify(value) },
      silent: true,
    });

  it('tells where it is and ends when asked', async () => {
    const child = spawn({ ...settings, controlToken });
    const [ready] = await once(child, 'message');
    expect(ready).toMatchObject({ type: 'ready' });
    expect(ready.controlUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/control$/);
    const desk = await readyDesk(ready.url);
    expect((await desk.dial('602')).status).toBe(486);
    const exit = once(child, 'exit');
    child.send({ type: 'stop' });
    expect(await exit).toEqual([0, null]);
  });

  it('ends when its parent is gone', async () => {
    const child = spawn(settings);
    await once(child, 'message');
    const exit = once(child, 'exit');
    child.disconnect();
    expect(await exit).toEqual([0, null]);
  });

  it('tells why it could not start', async () => {
    const { port } = await start();
    const child = spawn({ ...settings, port });
    const exit = once(child, 'exit');
    expect((await once(child, 'message'))[0]).toMatchObject({
      type: 'failed',
      code: 'port-in-use',
    });
    expect(await exit).toEqual([1, null]);
  });
});

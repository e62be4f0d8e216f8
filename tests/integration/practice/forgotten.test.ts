import { SessionState } from 'sip.js';
import { describe, expect, it } from 'vitest';
import { PracticeDesk, reached } from '../desk/practiceDesk.ts';
import { caller, openPractice } from './practiceSite.ts';

const site = openPractice();

/** The answer to an INFO as a desk could give it (RFC 3261 section 8.2.6). */
function answerTo(info: string, statusLine: string): string {
  const copied = info.match(/^(?:Via|From|To|Call-ID|CSeq):.*$/gim) ?? [];
  return [`SIP/2.0 ${statusLine}`, ...copied, 'Content-Length: 0', '', ''].join('\r\n');
}

/** A desk that was started anew; what becomes of the question after its call is up to the test. */
async function startedAnew(onInfo: (info: string, answer: (line: string) => void) => void) {
  const desk = new PracticeDesk(site.pbx.url, '1001', 'p-1001');
  site.keep(desk);
  await desk.userAgent.start();
  const { transport } = desk.userAgent;
  const take = transport.onMessage;
  const asked = new Promise<void>((resolve) => {
    transport.onMessage = (text) => {
      if (!text.startsWith('INFO ')) {
        take?.(text);
        return;
      }
      onInfo(text, (line) => void transport.send(answerTo(text, line)));
      resolve();
    };
  });
  expect(await desk.register()).toBe(200);
  await asked;
  expect(await desk.tell('ready')).toBe(200);
  return desk;
}

/** A desk that was killed while it talked. */
async function killedWhileTalking(): Promise<string> {
  await site.start();
  const killed = await site.readyDesk('1001');
  const { callRef } = await site.talking(killed);
  const lost = site.next('agentUnregistered');
  await killed.cut();
  await lost;
  return callRef;
}

describe('a desk started anew is offered the next caller', () => {
  it.each([
    '400 Bad Request',
    '403 Forbidden',
    '404 Not Found',
    '405 Method Not Allowed',
    '408 Request Timeout',
    '481 Call/Transaction Does Not Exist',
    '500 Server Internal Error',
    '503 Service Unavailable',
    '302 Moved Temporarily',
  ])('where it answers the question after its call with %s', async (line) => {
    const callRef = await killedWhileTalking();
    const forgotten = site.next('callForgotten');
    const ended = site.next('callEnded');
    const desk = await startedAnew((_info, answer) => answer(line));
    expect(await forgotten).toMatchObject({ callRef });
    site.clock.pass(5_000);
    expect(await ended).toMatchObject({ callRef, by: 'network' });
    site.pbx.placeCall(caller);
    await desk.nextCall();
  });

  it('where it does not answer the question after its call', async () => {
    const callRef = await killedWhileTalking();
    const ended = site.next('callEnded');
    const desk = await startedAnew(() => undefined);
    site.clock.pass(13_000);
    expect(await ended).toMatchObject({ callRef, by: 'network' });
    site.pbx.placeCall(caller);
    await desk.nextCall();
  });

  it('where its socket is gone before the answer, after its next registration', async () => {
    const callRef = await killedWhileTalking();
    const desk = await startedAnew(() => undefined);
    const lost = site.next('agentUnregistered');
    await desk.cut();
    await lost;
    site.clock.pass(10_000);
    expect(site.pbx.state().calls).toMatchObject([{ callRef, state: 'talking' }]);
    const ended = site.next('callEnded');
    const again = await startedAnew(() => undefined);
    site.clock.pass(13_000);
    expect(await ended).toMatchObject({ callRef, by: 'network' });
    site.pbx.placeCall(caller);
    await again.nextCall();
  });

  it('where its socket is gone before the answer and it never comes back: the call ends with the grace time', async () => {
    const callRef = await killedWhileTalking();
    const desk = await startedAnew(() => undefined);
    const lost = site.next('agentUnregistered');
    await desk.cut();
    await lost;
    const ended = site.next('callEnded');
    site.clock.pass(30_000);
    expect(await ended).toMatchObject({ callRef, by: 'network' });
  });
});

describe('a desk that came back with its call', () => {
  it('keeps it, however long it is silent after it has said so', async () => {
    await site.start();
    const agent = await site.readyDesk('1001');
    const { invitation, callRef } = await site.talking(agent);
    const asked = new Promise<void>((resolve) => {
      invitation.delegate = {
        ...invitation.delegate,
        onInfo: (info) => void info.accept().then(() => resolve()),
      };
    });
    const lost = site.next('agentUnregistered');
    await agent.cut();
    await lost;
    await agent.comeBack();
    await asked;
    expect(await agent.tell('ready')).toBe(200);
    site.clock.pass(40_000);
    expect(site.pbx.state().calls).toMatchObject([{ callRef, state: 'talking' }]);
    site.pbx.hangUpCaller(callRef);
    await reached(invitation, SessionState.Terminated);
  });
});

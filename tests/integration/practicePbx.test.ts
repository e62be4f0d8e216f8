import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { SessionState } from 'sip.js';
import { afterEach, describe, expect, it } from 'vitest';
import type { PracticeEventMap } from '#server/practice/events.ts';
import {
  type PracticePbx,
  type PracticePbxOptions,
  startPracticePbx,
} from '#server/practice/practicePbx.ts';
import { PracticeDesk, reached } from './practiceDesk.ts';

const resourcesDir = fileURLToPath(new URL('../../resources', import.meta.url));
const controlToken = 'a-token-for-tests-only';
const accounts = [
  { extension: '1001', password: 'p-1001', name: '李雷', queues: ['service'] },
  { extension: '1002', password: 'p-1002', name: 'Mary', queues: ['service', 'sales'] },
];
const queues = [
  { id: 'service', name: '客户服务' },
  { id: 'sales', name: 'Sales' },
];

let pbx: PracticePbx;
const desks: PracticeDesk[] = [];

async function start(options: Partial<PracticePbxOptions> = {}): Promise<void> {
  pbx = await startPracticePbx({
    accounts,
    queues,
    resourcesDir,
    controlToken,
    loopbackMedia: true,
    ...options,
    timing: { wrapUpMs: 0, outsideRingMs: { min: 0, max: 0 }, ...options.timing },
  });
}

async function desk(extension: string): Promise<PracticeDesk> {
  const made = await PracticeDesk.registered(pbx.url, extension, `p-${extension}`);
  desks.push(made);
  return made;
}

async function readyDesk(extension: string): Promise<PracticeDesk> {
  const made = await desk(extension);
  expect(await made.tell('ready')).toBe(200);
  return made;
}

/** The next event of a name; ask before the cause, await after. */
async function next<K extends keyof PracticeEventMap>(name: K): Promise<PracticeEventMap[K][0]> {
  const [payload] = await once(pbx.events, name);
  return payload;
}

afterEach(async () => {
  for (const open of desks.splice(0)) await open.close();
  await pbx.close();
});

const caller = { number: '+8613800138000', name: '王芳', queue: 'service' };

describe('a caller in the queue', () => {
  it('rings an available agent with name, number, queue and reference, and both hear each other', async () => {
    await start();
    const agent = await readyDesk('1001');
    const answered = next('callAnswered');
    const heard = next('callHeard');
    const callRef = pbx.placeCall(caller);
    const invitation = await agent.nextCall();
    expect(invitation.remoteIdentity.uri.user).toBe('+8613800138000');
    expect(invitation.remoteIdentity.displayName).toBe('王芳');
    const header = (name: string) => invitation.request.getHeader(name);
    expect(header('P-Asserted-Identity')).toBe('"王芳" <sip:+8613800138000@practice.invalid>');
    expect(header('X-Queue')).toBe('service');
    expect(header('X-Queue-Name')).toBe('客户服务');
    expect(header('X-Call-Ref')).toBe(callRef);
    expect(Number(header('X-Waited'))).toBeGreaterThanOrEqual(0);
    await invitation.accept();
    expect(await answered).toMatchObject({ callRef, extension: '1001' });
    await heard;
    const ended = next('callEnded');
    await invitation.bye();
    expect(await ended).toMatchObject({ callRef, by: 'agent' });
  });
});

import type { ForkOptions, UtilityProcess } from 'electron';
import { beforeEach, describe, expect, it } from 'vitest';
import { EmitterDouble } from '#tests/support/electronDouble.ts';
import { ManualClock } from '#tests/support/manualClock.ts';
import { utilityPrograms } from './utilityPrograms.ts';

class ChildDouble extends EmitterDouble {
  readonly stderr = new EmitterDouble();
  readonly posted: unknown[] = [];
  kills = 0;
  postMessage(message: unknown): void {
    this.posted.push(message);
  }
  kill(): boolean {
    this.kills += 1;
    return true;
  }
}

let child: ChildDouble;
let clock: ManualClock;
let forked: { file: string; options: ForkOptions | undefined };

beforeEach(() => {
  child = new ChildDouble();
  clock = new ManualClock();
});

const start = () =>
  utilityPrograms({
    fork(file, _args, options) {
      forked = { file, options };
      return child as unknown as UtilityProcess;
    },
    appDir: '/app/out',
    environment: { PATH: '/bin', PORT: '80', DATABASE_URL: 'postgres://elsewhere' },
    clock,
  })('server', { PORT: '0' });

async function started() {
  const starting = start();
  child.emit('message', { type: 'ready', url: 'http://127.0.0.1:7080' });
  return starting;
}

describe('a program beside the desk', () => {
  it('runs as a utility process, without variables that are meant for others', async () => {
    const program = await started();
    expect(program.ready.url).toBe('http://127.0.0.1:7080');
    expect(forked.file).toMatch(/server\.js$/);
    expect(forked.options?.env).toEqual({ PATH: '/bin', PORT: '0' });
    expect(forked.options?.stdio).toEqual(['ignore', 'ignore', 'pipe']);
    expect(clock.waits).toEqual([]);
  });

  it.each([
    [
      'says why',
      () => child.emit('message', { type: 'failed', code: 'port-taken', message: 'taken' }),
      { code: 'port-taken', message: 'taken' },
    ],
    [
      'ends before it is ready',
      () => {
        child.stderr.emit('data', Buffer.from('no disk\n'));
        child.emit('exit', 1);
      },
      { code: 'exit-1', message: 'no disk' },
    ],
    ['is never ready', () => clock.advance(120_000), { code: 'not-ready' }],
  ])('that %s is told as a failure', async (_how, happen, expected) => {
    const starting = start();
    happen();
    await expect(starting).rejects.toMatchObject({ program: 'server', ...expected });
  });

  it('is asked to end', async () => {
    const program = await started();
    const exits: unknown[] = [];
    program.onExit((code) => exits.push(code));
    const stopping = program.stop();
    expect(child.posted).toEqual([{ type: 'stop' }]);
    child.emit('exit', 0);
    await stopping;
    await program.stop();
    expect(child.kills).toBe(0);
    expect(exits).toEqual([]);
    expect(clock.waits).toEqual([]);
  });

  it('is ended by force where it does not', async () => {
    const program = await started();
    const stopping = program.stop();
    clock.advance(2_000);
    expect(child.kills).toBe(1);
    child.emit('exit', 143);
    await stopping;
  });

  it('tells when it ends by itself', async () => {
    const program = await started();
    const heard: unknown[] = [];
    program.onExit((code, words) => heard.push([code, words]));
    child.stderr.emit('data', 'out of memory');
    child.emit('exit', 9);
    program.send({ type: 'late' });
    expect(heard).toEqual([[9, 'out of memory']]);
    expect(child.posted).toEqual([]);
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BusyError, createGate } from './gate.ts';

const limits = { running: 2, waiting: 2, maxWaitMs: 1_000 };

describe('a gate', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('lets in as many as it may, and the others in the order in which they came', async () => {
    const gate = createGate(limits);
    const leaveFirst = await gate.enter();
    const leaveSecond = await gate.enter();
    const order: number[] = [];
    const third = gate.enter().then((leave) => {
      order.push(3);
      leave();
    });
    const fourth = gate.enter().then(() => order.push(4));
    expect(gate.isFull()).toBe(true);
    expect(gate.counts()).toEqual({ running: 2, waiting: 2, refused: 0 });
    leaveFirst();
    await Promise.all([third, fourth]);
    expect(order).toEqual([3, 4]);
    expect(gate.counts()).toEqual({ running: 2, waiting: 0, refused: 0 });
    leaveSecond();
    leaveSecond();
    expect(gate.counts().running).toBe(1);
  });

  it('turns away whoever finds the line full', async () => {
    const gate = createGate({ ...limits, waiting: 0 });
    await gate.enter();
    await gate.enter();
    await expect(gate.enter()).rejects.toThrow(BusyError);
    expect(gate.counts()).toEqual({ running: 2, waiting: 0, refused: 1 });
  });

  it('sends away whoever has waited too long, or does not want it any more', async () => {
    const gate = createGate({ ...limits, running: 1 });
    const leave = await gate.enter();
    const patient = gate.enter();
    const gone = new AbortController();
    const impatient = gate.enter(gone.signal);
    gone.abort();
    await expect(impatient).rejects.toThrow(BusyError);
    const late = expect(patient).rejects.toThrow(BusyError);
    await vi.advanceTimersByTimeAsync(limits.maxWaitMs);
    await late;
    expect(gate.counts()).toEqual({ running: 1, waiting: 0, refused: 2 });
    leave();
    expect(gate.counts().running).toBe(0);
  });
});

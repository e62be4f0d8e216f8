import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDraftWriter, draftDelayMs, longDraft } from './draftWriter.ts';

interface Written {
  json: string;
  done: (savedAt: number | null) => void;
}

function storageByHand() {
  const written: Written[] = [];
  const removed = vi.fn(async () => undefined);
  return {
    written,
    removed,
    put: (json: string) => new Promise<number | null>((done) => written.push({ json, done })),
    remove: removed,
  };
}

describe('createDraftWriter', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('stores every letter at once, and those typed during a write together behind it', async () => {
    const storage = storageByHand();
    const writer = createDraftWriter(storage, () => undefined);
    for (const text of ['a', 'ab', 'abc']) writer.change(text);
    expect(storage.written.map((one) => one.json)).toEqual(['a']);
    storage.written[0]?.done(1);
    await vi.advanceTimersByTimeAsync(0);
    expect(storage.written.map((one) => one.json)).toEqual(['a', 'abc']);
  });

  it('stores a long text once per delay, also when typing never pauses', async () => {
    const storage = storageByHand();
    const writer = createDraftWriter(storage, () => undefined);
    const long = 'x'.repeat(longDraft);
    writer.change(`${long}a`);
    await vi.advanceTimersByTimeAsync(draftDelayMs - 10);
    writer.change(`${long}ab`);
    await vi.advanceTimersByTimeAsync(10);
    expect(storage.written.map((one) => one.json)).toEqual([`${long}ab`]);
  });

  it('stores at once on flush, and waits for the write before', async () => {
    const storage = storageByHand();
    const saved: (number | null)[] = [];
    const writer = createDraftWriter(storage, (at) => saved.push(at));
    writer.change('a');
    writer.flush();
    writer.change('b');
    writer.flush();
    await vi.advanceTimersByTimeAsync(0);
    expect(storage.written.map((one) => one.json)).toEqual(['a']);
    storage.written[0]?.done(5);
    await vi.advanceTimersByTimeAsync(0);
    expect(storage.written.map((one) => one.json)).toEqual(['a', 'b']);
    storage.written[1]?.done(null);
    await vi.advanceTimersByTimeAsync(0);
    expect(saved).toEqual([5, null]);
  });

  it('removes the draft after the write under way and stores nothing later', async () => {
    const storage = storageByHand();
    const writer = createDraftWriter(storage, () => undefined);
    writer.change('a');
    writer.flush();
    await vi.advanceTimersByTimeAsync(0);
    const dropped = writer.drop();
    expect(storage.removed).not.toHaveBeenCalled();
    storage.written[0]?.done(1);
    await dropped;
    expect(storage.removed).toHaveBeenCalledTimes(1);
    writer.change('late');
    writer.flush();
    await vi.advanceTimersByTimeAsync(draftDelayMs);
    expect(storage.written).toHaveLength(1);
  });

  it('reports a draft that is too large instead of sending it', async () => {
    const storage = storageByHand();
    const saved: (number | null)[] = [];
    const writer = createDraftWriter(storage, (at) => saved.push(at));
    writer.change('x'.repeat(500_001));
    writer.flush();
    await vi.advanceTimersByTimeAsync(0);
    expect(storage.written).toEqual([]);
    expect(saved).toEqual([null]);
  });
});

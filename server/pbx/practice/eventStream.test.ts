import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createEventReader, type StreamedEvent } from './eventStream.ts';

const text =
  'event: state\nid: ab-3\ndata: {"a":1}\n\n: alive\n\nevent: callMoved\r\nid: ab-4\r\ndata: {"to":"2061"}\r\n\r\n';

it('reads the same events from any cutting', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(text.length), { maxLength: 12 }), (cuts) => {
      const events: StreamedEvent[] = [];
      const read = createEventReader((event) => events.push(event));
      const places = [0, ...cuts.toSorted((a, b) => a - b), text.length];
      for (const [index, end] of places.slice(1).entries()) read(text.slice(places[index], end));
      expect(events).toEqual([
        { name: 'state', sequence: 3, data: '{"a":1}' },
        { name: 'callMoved', sequence: 4, data: '{"to":"2061"}' },
      ]);
    }),
  );
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { minimumSize, noPlacements, placeWindow, remember } from './placement.ts';

const left = { id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1040 } };
const right = { id: 2, workArea: { x: 1920, y: 0, width: 2560, height: 1400 } };
const was = { x: 2000, y: 100, width: 1500, height: 950, maximised: true };

describe('place of the window', () => {
  it('is the middle of the primary display at first', () => {
    const place = placeWindow(noPlacements, [left, right], left);
    expect(place).toEqual({ x: 240, y: 70, width: 1440, height: 900, maximised: false });
  });

  it('is where it was, on the display where it was last', () => {
    const placements = remember(remember(noPlacements, 1, { ...was, x: 10 }), 2, was);
    expect(placeWindow(placements, [left, right], left)).toEqual(was);
  });

  it('is what the other display remembers while the last one is away', () => {
    const before = { ...was, x: 10, maximised: false };
    const placements = remember(remember(noPlacements, 1, before), 2, was);
    expect(placeWindow(placements, [left], left)).toEqual(before);
  });

  it('comes back to the screen where it would be off it', () => {
    const placements = remember(noPlacements, 1, { ...was, x: -5000, y: 3000 });
    const place = placeWindow(placements, [left], left);
    expect(place).toEqual({ x: 210, y: 45, width: 1500, height: 950, maximised: true });
  });

  it('keeps its title bar reachable', () => {
    const placements = remember(noPlacements, 1, { ...was, x: 100, y: -30 });
    expect(placeWindow(placements, [left], left).y).toBeGreaterThanOrEqual(0);
  });

  it('can always be seen and moved, wherever it was and whatever screens are there', () => {
    const display = fc
      .record({
        x: fc.integer({ min: -4000, max: 4000 }),
        y: fc.integer({ min: -4000, max: 4000 }),
        width: fc.integer({ min: 800, max: 5000 }),
        height: fc.integer({ min: 600, max: 3000 }),
      })
      .map((workArea) => ({ id: 1, workArea }));
    const place = fc.record({
      x: fc.integer({ min: -9000, max: 9000 }),
      y: fc.integer({ min: -9000, max: 9000 }),
      width: fc.integer({ min: 1, max: 9000 }),
      height: fc.integer({ min: 1, max: 9000 }),
      maximised: fc.boolean(),
    });
    fc.assert(
      fc.property(display, place, (primary, before) => {
        const { workArea } = primary;
        const found = placeWindow(remember(noPlacements, 1, before), [primary], primary);
        expect(found.width).toBeGreaterThanOrEqual(minimumSize.width);
        expect(found.height).toBeGreaterThanOrEqual(minimumSize.height);
        expect(found.x).toBeLessThanOrEqual(workArea.x + workArea.width - 160);
        expect(found.x + found.width).toBeGreaterThanOrEqual(workArea.x + 160);
        expect(found.y).toBeGreaterThanOrEqual(workArea.y);
        expect(found.y).toBeLessThanOrEqual(workArea.y + workArea.height - 40);
      }),
    );
  });
});

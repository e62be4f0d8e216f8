import type { Display, Rectangle } from 'electron';
import { z } from 'zod';

export const minimumSize = { width: 1024, height: 680 };
const usualSize = { width: 1440, height: 900 };
/** So much of a window must be on a screen that it can be seen and moved, in pixels. */
const grip = { width: 160, height: 40 };

const placementSchema = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().positive(),
  height: z.int().positive(),
  maximised: z.boolean(),
});
export type Placement = z.infer<typeof placementSchema>;

/** Where the window was, remembered for each display by Electron's id of it. */
export const placementsSchema = z.object({
  lastDisplay: z.string().nullable(),
  byDisplay: z.record(z.string(), placementSchema),
});
export type Placements = z.infer<typeof placementsSchema>;

export const noPlacements: Placements = { lastDisplay: null, byDisplay: {} };

type Screen = Pick<Display, 'id' | 'workArea'>;

/**
 * Where to open the window: where it was on the display it was on last, else where it was on the
 * primary display, else in the middle of that. Never off the screens that are there now.
 */
export function placeWindow(
  remembered: Placements,
  displays: readonly Screen[],
  primary: Screen,
): Placement {
  const last = displays.find((display) => String(display.id) === remembered.lastDisplay);
  const display = last ?? primary;
  const before = remembered.byDisplay[String(display.id)];
  if (!before) return { ...centredOn(display.workArea, usualSize), maximised: false };
  if (isReachable(before, displays)) return atLeast(before);
  return { ...centredOn(display.workArea, before), maximised: before.maximised };
}

export function remember(
  placements: Placements,
  displayId: number,
  placement: Placement,
): Placements {
  const lastDisplay = String(displayId);
  return { lastDisplay, byDisplay: { ...placements.byDisplay, [lastDisplay]: placement } };
}

function atLeast(placement: Placement): Placement {
  return {
    ...placement,
    width: Math.max(placement.width, minimumSize.width),
    height: Math.max(placement.height, minimumSize.height),
  };
}

/** The upper edge is what a window is held by. */
function isReachable(window: Rectangle, displays: readonly Screen[]): boolean {
  return displays.some(({ workArea }) => {
    const across =
      Math.min(window.x + window.width, workArea.x + workArea.width) -
      Math.max(window.x, workArea.x);
    const below = workArea.y + workArea.height - window.y;
    return across >= grip.width && window.y >= workArea.y && below >= grip.height;
  });
}

function centredOn(area: Rectangle, size: { width: number; height: number }): Rectangle {
  const width = Math.max(minimumSize.width, Math.min(size.width, area.width));
  const height = Math.max(minimumSize.height, Math.min(size.height, area.height));
  return {
    x: area.x + Math.max(0, Math.round((area.width - width) / 2)),
    y: area.y + Math.max(0, Math.round((area.height - height) / 2)),
    width,
    height,
  };
}

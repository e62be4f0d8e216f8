/** Where a tile lies, px. */
export interface Place {
  left: number;
  top: number;
}

/**
 * Where a key leads from the tile at `at`: left and right (and `J K`) through all tiles, up and down to the nearest of
 * the next row, Home and End to the ends; null for any other key.
 */
export function moveInGrid(key: string, at: number, places: readonly Place[]): number | null {
  const last = places.length - 1;
  if (last < 0) return null;
  switch (key) {
    case 'ArrowRight':
    case 'j':
      return Math.min(at + 1, last);
    case 'ArrowLeft':
    case 'k':
      return Math.max(at - 1, 0);
    case 'Home':
      return 0;
    case 'End':
      return last;
    case 'ArrowDown':
      return inNextRow(at, places, 1);
    case 'ArrowUp':
      return inNextRow(at, places, -1);
    default:
      return null;
  }
}

function inNextRow(at: number, places: readonly Place[], step: 1 | -1): number {
  const here = places[at];
  if (!here) return 0;
  let row: number | null = null;
  let best = at;
  let distance = Number.POSITIVE_INFINITY;
  for (let next = at + step; next >= 0 && next < places.length; next += step) {
    const place = places[next];
    if (!place || place.top === here.top) continue;
    row ??= place.top;
    if (place.top !== row) break;
    const away = Math.abs(place.left - here.left);
    if (away >= distance) continue;
    distance = away;
    best = next;
  }
  return best;
}

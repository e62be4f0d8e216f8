import type { Screen } from 'electron';
import type { Clock, Log } from '../../core/providers.ts';
import type { PageWindow } from '../ports.ts';
import { readJsonFile, writeJsonFile } from '../secrets/jsonFile.ts';
import {
  noPlacements,
  type Placement,
  type Placements,
  placementsSchema,
  placeWindow,
  remember,
} from './placement.ts';

/** A window that is being dragged is written once it rests. */
const restMs = 500;

export interface WindowMemory {
  placement(): Placement;
  /** Remembers where the window is from now on. */
  follow(window: PageWindow): void;
}

export interface WindowMemoryOptions {
  file: string;
  screen: Pick<Screen, 'getAllDisplays' | 'getPrimaryDisplay' | 'getDisplayMatching'>;
  clock: Clock;
  log: Log;
}

export function createWindowMemory(options: WindowMemoryOptions): WindowMemory {
  const { file, screen, clock, log } = options;
  let placements = read(file, log);

  function store(window: PageWindow): void {
    if (window.isDestroyed()) return;
    const display = screen.getDisplayMatching(window.getBounds());
    const { x, y, width, height } = window.getNormalBounds();
    const placement = { x, y, width, height, maximised: window.isMaximized() };
    placements = remember(placements, display.id, placement);
    try {
      writeJsonFile(file, placements);
    } catch (error) {
      log.warn('the place of the window could not be kept', { error: String(error) });
    }
  }

  return {
    placement: () => placeWindow(placements, screen.getAllDisplays(), screen.getPrimaryDisplay()),
    follow(window) {
      let cancel: () => void = () => {};
      const later = () => {
        cancel();
        cancel = clock.after(restMs, () => store(window));
      };
      window.on('resize', later);
      window.on('move', later);
      window.on('maximize', later);
      window.on('unmaximize', later);
      window.on('close', () => {
        cancel();
        store(window);
      });
    },
  };
}

function read(file: string, log: Log): Placements {
  try {
    return readJsonFile(file, placementsSchema) ?? noPlacements;
  } catch {
    log.warn('the place of the window could not be read', { file });
    return noPlacements;
  }
}

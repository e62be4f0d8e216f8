import type { Clock } from './clock.ts';
import type { PracticeEvents } from './events.ts';
import type { PracticeLog } from './log.ts';
import type { Pacer } from './media/pacer.ts';
import type { VoiceLibrary } from './media/voices.ts';
import type { Random } from './random.ts';
import type { PracticeSettings } from './settings.ts';

/** What every part of the practice PBX works with. */
export interface PracticeContext {
  settings: PracticeSettings;
  clock: Clock;
  random: Random;
  log: PracticeLog;
  events: PracticeEvents;
  pacer: Pacer;
  voices: VoiceLibrary;
}

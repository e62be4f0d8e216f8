import type { CallEvent } from '../../domain/metrics/callEvents.ts';
import type { Random } from '../random.ts';
import type { Agenda } from './agenda.ts';
import type { Journey, Occasion } from './journey.ts';

/** What is written down of a day: every call, and all that happens, as of the moment in which it does. */
export class DayBook {
  readonly events: CallEvent[] = [];
  readonly journeys: Journey[] = [];
  readonly #date: string;
  readonly #agenda: Agenda;
  readonly #random: Random;

  /** `date` as YYYYMMDD, for the references of its calls. */
  constructor(date: string, agenda: Agenda, random: Random) {
    this.#date = date;
    this.#agenda = agenda;
    this.#random = random;
  }

  tell(event: CallEvent): void {
    this.events.push(event);
  }

  /** What every event of a call has. */
  ofCall({ callRef }: Journey, source: CallEvent['source'] = 'pbx') {
    const at = this.#agenda.now;
    return { id: this.#random.uuid(at), source, at, callRef };
  }

  begin(
    direction: 'in' | 'out',
    occasion: Occasion,
    number: string | null,
    queueId: string | null,
  ): Journey {
    const journey: Journey = {
      callRef: `${this.#date}-${String(this.journeys.length + 1).padStart(5, '0')}`,
      ...{ direction, occasion, number, queueId, startedAt: this.#agenda.now },
      ...{ parts: [], abandonedAt: null },
    };
    this.journeys.push(journey);
    return journey;
  }
}

import { readFileSync } from 'node:fs';
import type { Asterisk } from './asterisk.ts';

/** What Asterisk's own queue log counts for one queue; waits in whole seconds, as it writes them. */
export interface LoggedCounts {
  offered: number;
  answered: number;
  abandoned: number;
  /** Waits of those who were answered, s. */
  answerWaits: number[];
  /** Waits of those who gave up, s. */
  abandonWaits: number[];
  transferred: number;
  /** By member's name, such as `Agent 2041`. */
  ringNoAnswers: Record<string, number>;
}

/** Lines of `queue_log`: time|call|queue|agent|event|parameters. */
export class QueueLog {
  #asterisk: Asterisk;
  #from: number;

  constructor(asterisk: Asterisk) {
    this.#asterisk = asterisk;
    this.#from = this.#lines().length;
  }

  /** Since this log was opened. */
  countsOf(queue: string): LoggedCounts {
    const own = this.#lines()
      .slice(this.#from)
      .map((line) => line.split('|'))
      .filter(([, , name]) => name === queue);
    const of = (...names: string[]) => own.filter((fields) => names.includes(fields[4] ?? ''));
    const seconds = (fields: string[], at: number) => Number(fields[at] ?? 0);
    const ringNoAnswers: Record<string, number> = {};
    for (const [, , , agent = ''] of of('RINGNOANSWER')) {
      ringNoAnswers[agent] = (ringNoAnswers[agent] ?? 0) + 1;
    }
    return {
      offered: of('ENTERQUEUE').length,
      answered: of('CONNECT').length,
      abandoned: of('ABANDON').length,
      answerWaits: of('CONNECT').map((fields) => seconds(fields, 5)),
      abandonWaits: of('ABANDON').map((fields) => seconds(fields, 7)),
      transferred: of('BLINDTRANSFER', 'ATTENDEDTRANSFER').length,
      ringNoAnswers,
    };
  }

  #lines(): string[] {
    try {
      return readFileSync(this.#asterisk.path('log/queue_log'), 'utf8').split('\n').filter(Boolean);
    } catch {
      return [];
    }
  }
}

import { reportBench } from './reportCentre.ts';

/** A working day in the middle of the quarter, by half hours and queues. */
export const bench = reportBench('report-day', { from: 44, days: 1, interval: '30min', most: 1.5 });

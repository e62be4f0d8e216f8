import { reportBench } from './reportCentre.ts';

/** The whole quarter, by days and queues. */
export const bench = reportBench('report-quarter', { from: 0, days: 91, interval: 'day', most: 2 });

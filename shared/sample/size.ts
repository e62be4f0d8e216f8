/** Which sample: how many customers, from which seed. Another number of customers is another sample. */
export interface SampleSize {
  customers: number;
  seed: number;
}

/** Series of draws kept apart; renumbering one changes every sample. */
export const streams = {
  ...{ plan: 1, group: 2, history: 3, callers: 4 },
  ...{ callDays: 5, matters: 6, complaints: 7, callRecords: 8 },
} as const;

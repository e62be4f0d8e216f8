/** How a supervisor takes part in a call: hears it, speaks to the agent alone, or to both. */
export const listenModes = ['listen', 'whisper', 'barge'] as const;
export type ListenMode = (typeof listenModes)[number];

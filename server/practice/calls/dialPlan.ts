/** What a dialled number leads to. */
export type Destination =
  | { kind: 'echo' | 'tone' | 'busy' | 'unreachable' | 'no-answer' | 'unknown' }
  | { kind: 'agent'; extension: string }
  | { kind: 'queue'; queueId: string }
  | { kind: 'outside'; number: string };

const testExtensions = {
  '600': 'echo',
  '601': 'tone',
  '602': 'busy',
  '603': 'unreachable',
  '604': 'no-answer',
} as const;

function isTestExtension(text: string): text is keyof typeof testExtensions {
  return Object.hasOwn(testExtensions, text);
}

/** `dialled` is the user part of a Request-URI or Refer-To, as the desk wrote it. */
export function destinationOf(
  dialled: string,
  known: { extensions: ReadonlySet<string>; queueIds: ReadonlySet<string> },
): Destination {
  const compact = dialled.replace(/[\s().-]/g, '');
  if (known.extensions.has(compact)) return { kind: 'agent', extension: compact };
  if (isTestExtension(compact)) return { kind: testExtensions[compact] };
  if (known.queueIds.has(dialled)) return { kind: 'queue', queueId: dialled };
  if (/^\+?\d{5,20}$/.test(compact)) return { kind: 'outside', number: compact };
  return { kind: 'unknown' };
}

import { describe, expect, test } from 'vitest';
import { microphoneFailure } from './microphone.ts';

describe('microphoneFailure', () => {
  test.each([
    ['NotAllowedError', 'microphone-denied'],
    ['SecurityError', 'microphone-denied'],
    ['NotFoundError', 'microphone-absent'],
    ['OverconstrainedError', 'microphone-absent'],
    ['NotReadableError', 'microphone-busy'],
    ['AbortError', 'microphone-busy'],
  ])('%s is %s', (name, code) => {
    expect(microphoneFailure(new DOMException('no', name)).code).toBe(code);
  });
});

import { describe, expect, it } from 'vitest';
import { defaultConfiguration } from '../sample/configuration.ts';
import { completeConfiguration, usualPhone } from './configuration.ts';

describe('a stored configuration', () => {
  const { phone, queues, ...rest } = defaultConfiguration;

  it('of before the phone was configured has the usual phone, and queues that are answered by hand', () => {
    const plainQueues = queues.map(({ autoAnswer: _, ...queue }) => queue);
    const read = completeConfiguration({ ...rest, queues: plainQueues });
    expect(read?.phone).toEqual(usualPhone);
    expect(read?.queues.map(({ autoAnswer }) => autoAnswer)).toEqual(queues.map(() => false));
  });

  it('with a part of the phone has the usual for the rest', () => {
    const { echoNumber: _, ...partly } = phone;
    const read = completeConfiguration({ ...rest, queues, phone: partly });
    expect(read?.phone).toEqual({ ...phone, echoNumber: usualPhone.echoNumber });
  });

  it.each([null, 'text', {}, { ...rest, queues: 'none' }])('that is none: %j', (stored) => {
    expect(completeConfiguration(stored)).toBeNull();
  });

  it('that is whole stays as it is', () => {
    expect(completeConfiguration(defaultConfiguration)).toEqual(defaultConfiguration);
  });
});

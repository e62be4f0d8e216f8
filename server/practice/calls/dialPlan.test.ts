import { describe, expect, it } from 'vitest';
import { languageOf } from './dialling.ts';
import { destinationOf } from './dialPlan.ts';

const known = { extensions: new Set(['1001', '1002']), queueIds: new Set(['service', '7000']) };

describe('the dial plan', () => {
  it.each([
    ['600', { kind: 'echo' }],
    ['601', { kind: 'tone' }],
    ['602', { kind: 'busy' }],
    ['603', { kind: 'unreachable' }],
    ['604', { kind: 'no-answer' }],
    ['1002', { kind: 'agent', extension: '1002' }],
    ['service', { kind: 'queue', queueId: 'service' }],
    ['7000', { kind: 'queue', queueId: '7000' }],
    ['+86 138-0013-8000', { kind: 'outside', number: '+8613800138000' }],
    ['(010) 6888.0000', { kind: 'outside', number: '01068880000' }],
    ['95588', { kind: 'outside', number: '95588' }],
    ['9558', { kind: 'unknown' }],
    ['toString', { kind: 'unknown' }],
    ['', { kind: 'unknown' }],
    ['+86+138', { kind: 'unknown' }],
  ])('%j leads to %j', (dialled, destination) => {
    expect(destinationOf(dialled, known)).toEqual(destination);
  });

  it.each([
    ['+8613800138000', 'zh'],
    ['8613800138000', 'zh'],
    ['13800138000', 'zh'],
    ['01068880000', 'zh'],
    ['+442079460000', 'en'],
    ['anonymous', 'en'],
  ])('%s speaks %s', (number, language) => {
    expect(languageOf(number)).toBe(language);
  });
});

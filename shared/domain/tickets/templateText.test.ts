import { describe, expect, it } from 'vitest';
import { filledIn, unknownFields } from './templateText.ts';

describe('the text of a template', () => {
  it.each<[string, string, string[]]>([
    ['{customer.name}，您好', '王芳，您好', []],
    ['{customer.name} {customer.name}', '王芳 王芳', []],
    ['No. {ticket.no}', 'No. {ticket.no}', ['ticket.no']],
    [
      '{customer.shoeSize} {agent.name}',
      '{customer.shoeSize} {agent.name}',
      ['customer.shoeSize', 'agent.name'],
    ],
    ['{ customer.name } {} {{customer.name}}', '{ customer.name } {} {王芳}', []],
    ['{__proto__} {constructor}', '{__proto__} {constructor}', ['constructor']],
  ])('%s', (text, filled, open) => {
    expect(filledIn(text, { 'customer.name': '王芳', 'ticket.no': null })).toEqual({
      text: filled,
      open,
    });
  });

  it('a value is taken as it is, whatever stands in it', () => {
    const values = { 'customer.name': '{agent.name} $& \\1', 'agent.name': 'Li Na' };
    expect(filledIn('{customer.name}', values).text).toBe('{agent.name} $& \\1');
  });

  it('names each unknown field once', () => {
    expect(unknownFields('{today} {a} {b.c} {a} {customer.name}')).toEqual(['a', 'b.c']);
    expect(unknownFields('no braces } { at all')).toEqual([]);
  });
});

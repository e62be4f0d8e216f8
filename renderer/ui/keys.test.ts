import { describe, expect, it } from 'vitest';
import { keysForReading, matchesKeys } from './keys.ts';

const stroke = (
  key: string,
  code: string,
  held: Partial<Record<'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey', boolean>> = {},
) => ({
  key,
  code,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  ...held,
});

describe('shortcuts', () => {
  it.each([
    ['Alt+A', stroke('a', 'KeyA', { altKey: true }), false, true],
    ['Alt+A', stroke('å', 'KeyA', { altKey: true, ctrlKey: true }), true, true],
    ['Alt+A', stroke('å', 'KeyA', { altKey: true }), true, false],
    ['Alt+A', stroke('a', 'KeyA', { altKey: true, ctrlKey: true }), false, false],
    ['Ctrl+A', stroke('a', 'KeyQ', { ctrlKey: true }), false, true],
    ['Ctrl+Q', stroke('a', 'KeyQ', { ctrlKey: true }), false, false],
    ['Ctrl+K', stroke('k', 'KeyK', { metaKey: true }), true, true],
    ['Alt+1', stroke('¡', 'Digit1', { altKey: true, ctrlKey: true }), true, true],
    ['Ctrl+/', stroke('/', 'Slash', { ctrlKey: true }), false, true],
    ['Ctrl+Shift+Enter', stroke('Enter', 'Enter', { ctrlKey: true, shiftKey: true }), false, true],
    ['Ctrl+Enter', stroke('Enter', 'Enter', { ctrlKey: true, shiftKey: true }), false, false],
    ['F6', stroke('F6', 'F6'), false, true],
  ])('%s', (keys, event, mac, expected) => {
    expect(matchesKeys(event, keys, mac)).toBe(expected);
  });

  it('are printed as the platform writes them', () => {
    expect(keysForReading('Ctrl+Shift+Enter', false)).toBe('Ctrl Shift ↵');
    expect(keysForReading('Alt+A', true)).toBe('⌃⌥A');
  });
});

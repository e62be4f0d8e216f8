import { describe, expect, it } from 'vitest';
import { pastedText, textOfHtml } from './pasteText.ts';
import { textOfRtf } from './rtf.ts';

const clipboard = (held: Record<string, string>) => ({
  getData: (type: string) => held[type] ?? '',
});

describe('what is pasted', () => {
  it('takes the words of HTML and runs nothing of it', () => {
    expect(
      textOfHtml('<p>One <b>two</b></p><script>window.ran = true</script><p>three<br>four</p>'),
    ).toBe('One two\nthree\nfour');
    expect(textOfHtml('<img src=x onerror="window.ran = true">你好')).toBe('你好');
    expect('ran' in window).toBe(false);
  });

  it.each([
    [
      String.raw`{\rtf1\ansi{\fonttbl{\f0 Arial;}}\f0\b Maria\b0  Keller\par Berlin}`,
      'Maria Keller\nBerlin',
    ],
    [String.raw`{\rtf1\ansi\uc1 \u29579?\u20029?}`, '王丽'],
    [String.raw`{\rtf1\ansi\ansicpg936 \'cd\'f5\'c0\'f6}`, '王丽'],
    [String.raw`{\rtf1{\*\generator Writer;}{\pict 89504e47}a\{b\}\\}`, 'a{b}\\'],
    ['{\\rtf1 never closed {\\b', 'never closed'],
    ['no RTF {at all}', 'no RTF {at all}'],
  ])('%s', (rtf, text) => expect(textOfRtf(rtf)).toBe(text));

  it('leaves plain text to the browser, and reads what has no plain form', () => {
    expect(pastedText(clipboard({ 'text/plain': 'a', 'text/html': '<b>a</b>' }))).toBeNull();
    expect(pastedText(clipboard({ 'text/html': '<b>a</b>' }))).toBe('a');
    expect(pastedText(clipboard({ 'text/rtf': '{\\rtf1 a}' }))).toBe('a');
    expect(pastedText(clipboard({ 'text/plain': '{\\rtf1 a}' }))).toBe('a');
    expect(pastedText(clipboard({}))).toBeNull();
  });
});

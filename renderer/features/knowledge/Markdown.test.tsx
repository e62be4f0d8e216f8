import { cleanup, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { ok } from '#shared/result.ts';
import { aCall, renderOnDesk, testDesk } from '../fields/testDesk.tsx';
import { Markdown } from './Markdown.tsx';
import { safeAddress } from './safeAddress.ts';

afterEach(cleanup);

const show = (text: string, desk = testDesk()) =>
  renderOnDesk(<Markdown text={text} />, desk.bridge);

describe('an article', () => {
  it('shows headings, lists, tables and links that open outside', () => {
    show('## Ask\n\n- one\n\n| a |\n|---|\n| 1 |\n\n[site](https://example.org)');
    expect(screen.getByText('Ask').tagName).toBe('H4');
    expect(screen.getByRole('table')).toBeTruthy();
    const link = screen.getByRole('link', { name: 'site' });
    expect(link.getAttribute('target')).toBe('_blank');
    expect(link.getAttribute('rel')).toContain('noopener');
  });

  it.each([
    ['a script', '<script>alert(1)</script>'],
    ['an element with a handler', '<img src=x onerror=alert(1)>'],
    ['a frame', '<iframe src="https://example.org"></iframe>'],
    ['a link to a script', '[x](javascript:alert(1))'],
    ['one with signs between its letters', '[x](java\u0001script:alert(1))'],
    ['data', '[x](data:text/html;base64,PHNjcmlwdD4=)'],
    ['a file', '[x](file:///etc/passwd)'],
    ['a picture from elsewhere', '![words](https://example.org/a.png)'],
    ['a style', '<style>body{display:none}</style>'],
  ])('makes nothing of %s', (_, text) => {
    show(text);
    const made = screen.getByTestId('markdown');
    expect(made.querySelector('script, img, iframe, style, a[href]')).toBeNull();
    expect(made.innerHTML).not.toMatch(/<[^>]+\son\w+=/);
  });
});

it('dials a number of an article', async () => {
  const desk = testDesk({ 'calls.dial': () => ok(aCall()) });
  show('Gas: [96777](tel:96777)', desk);
  await userEvent.setup().click(screen.getByRole('button', { name: '96777' }));
  await waitFor(() => expect(desk.inputsOf('calls.dial')).toMatchObject([{ number: '96777' }]));
});

describe('safeAddress', () => {
  it.each([
    ['https://example.org/a?b=1', 'https://example.org/a?b=1'],
    ['HTTPS://example.org', 'HTTPS://example.org'],
    ['http://example.org', ''],
    ['mailto:a@example.org', 'mailto:a@example.org'],
    ['tel:119', 'tel:119'],
    [' java\tscript:alert(1)', ''],
    ['//example.org', ''],
    ['vbscript:x', ''],
    ['', ''],
  ])('%j', (address, safe) => expect(safeAddress(address)).toBe(safe));
});

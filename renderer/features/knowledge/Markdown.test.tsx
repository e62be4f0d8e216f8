import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { Markdown } from './Markdown.tsx';
import { safeAddress } from './safeAddress.ts';

afterEach(cleanup);

describe('an article', () => {
  it('shows headings, lists, tables and links that open outside', () => {
    render(
      <Markdown text={'## Ask\n\n- one\n\n| a |\n|---|\n| 1 |\n\n[site](https://example.org)'} />,
    );
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
    const { container } = render(<Markdown text={text} />);
    expect(container.querySelector('script, img, iframe, style, a[href]')).toBeNull();
    expect(container.innerHTML).not.toMatch(/<[^>]+\son\w+=/);
  });
});

describe('safeAddress', () => {
  it.each([
    ['https://example.org/a?b=1', 'https://example.org/a?b=1'],
    ['HTTP://example.org', 'HTTP://example.org'],
    ['mailto:a@example.org', 'mailto:a@example.org'],
    ['tel:119', 'tel:119'],
    [' java\tscript:alert(1)', ''],
    ['//example.org', ''],
    ['vbscript:x', ''],
    ['', ''],
  ])('%j', (address, safe) => expect(safeAddress(address)).toBe(safe));
});

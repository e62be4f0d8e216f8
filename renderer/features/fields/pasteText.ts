import type { ClipboardEvent } from 'react';
import { storableLine, storableText } from '#shared/domain/text/plainText.ts';
import { isRtf, textOfRtf } from './rtf.ts';

const blocks = 'p,div,li,tr,h1,h2,h3,h4,h5,h6,blockquote,pre,section,article';

/** The words of a piece of HTML, a line for each block. Nothing of it is run or loaded. */
export function textOfHtml(html: string): string {
  const page = new DOMParser().parseFromString(html, 'text/html');
  for (const element of page.querySelectorAll('script,style,template,title')) element.remove();
  for (const element of page.querySelectorAll('br')) element.replaceWith('\n');
  for (const element of page.querySelectorAll('td,th')) element.append('\t');
  for (const element of page.querySelectorAll(blocks)) element.append('\n');
  return (page.body.textContent ?? '').replace(/\n{3,}/gu, '\n\n').trim();
}

/** What the clipboard holds as plain words; null where the browser's own way is the right one. */
export function pastedText(data: Pick<DataTransfer, 'getData'>): string | null {
  const plain = data.getData('text/plain');
  if (isRtf(plain)) return textOfRtf(plain);
  if (plain !== '') return null;
  const html = data.getData('text/html');
  if (html !== '') return textOfHtml(html);
  const rtf = data.getData('text/rtf');
  return rtf === '' ? null : textOfRtf(rtf);
}

/** Puts formatted text from the clipboard into a text box as plain words; for `onPaste`. */
export function pastePlain(event: ClipboardEvent<HTMLInputElement | HTMLTextAreaElement>): void {
  const found = pastedText(event.clipboardData);
  if (found === null) return;
  event.preventDefault();
  const box = event.currentTarget;
  const words = box instanceof HTMLTextAreaElement ? storableText(found) : storableLine(found);
  const from = box.selectionStart ?? box.value.length;
  const to = box.selectionEnd ?? from;
  const next = box.value.slice(0, from) + words + box.value.slice(to);
  // The box belongs to React: its own setter tells it of the change.
  const prototype =
    box instanceof HTMLTextAreaElement ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype;
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(box, next);
  box.dispatchEvent(new Event('input', { bubbles: true }));
  box.setSelectionRange(from + words.length, from + words.length);
}

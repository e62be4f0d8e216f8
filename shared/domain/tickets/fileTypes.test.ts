import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkFile,
  isPicture,
  maxAttachmentBytes,
  safeFileName,
  sniff,
  sniffedBytes,
} from './fileTypes.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const bytes = (...given: number[]) => Uint8Array.from(given);
const png = bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13);
const jpeg = bytes(0xff, 0xd8, 0xff, 0xe0, 0, 16);
const zip = (inner: string) => new Uint8Array([0x50, 0x4b, 3, 4, ...utf8(`\0\0${inner}`)]);
const windowsProgram = bytes(0x4d, 0x5a, 0x90, 0, 3, 0, 0, 0);
const linuxProgram = bytes(0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0);
const gb18030 = bytes(0xc4, 0xe3, 0xba, 0xc3, 0x0a);

describe('what a file is', () => {
  it.each<[string, Uint8Array, string]>([
    ['photo.PNG', png, 'image/png'],
    ['photo.jpeg', jpeg, 'image/jpeg'],
    ['screen.webp', utf8('RIFF0000WEBPVP8 '), 'image/webp'],
    ['bill.pdf', utf8('%PDF-1.7\n'), 'application/pdf'],
    ['没有扩展名', png, 'image/png'],
    ['notes.txt', utf8('客户说锅炉漏水'), 'text/plain'],
    ['old.txt', gb18030, 'text/plain'],
    ['list.csv', utf8('﻿a,b\r\n1,2'), 'text/plain'],
    ['archive.zip', zip('readme.txt'), 'application/zip'],
    [
      'contract.docx',
      zip('[Content_Types].xml PK word/document.xml'),
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    ],
    [
      'late.xlsx',
      zip('[Content_Types].xml'),
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    ],
    [
      'contract.doc',
      bytes(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1),
      'application/x-ole-storage',
    ],
    ['voice.amr', utf8('#!AMR\n'), 'audio/amr'],
    ['voice.m4a', utf8('\0\0\0 ftypM4A '), 'audio/mp4'],
    ['film.mov', utf8('\0\0\0 ftypqt  '), 'video/quicktime'],
    ['notes.draft', utf8('words'), 'text/plain'],
  ])('%s', (name, head, mime) => {
    expect(checkFile(name, head.length, head)).toEqual({ ok: true, value: mime });
  });

  it.each<[string, string, Uint8Array, string]>([
    ['a program under a picture’s name', 'photo.png', windowsProgram, 'file-type-refused'],
    ['a program without a name', 'photo', linuxProgram, 'file-type-refused'],
    [
      'a page under a text’s name',
      'notes.txt',
      utf8('<!DOCTYPE html><script>'),
      'file-type-refused',
    ],
    ['a script under a text’s name', 'notes.txt', utf8('#!/bin/sh\nrm -rf /'), 'file-type-refused'],
    [
      'a drawing that can hold scripts',
      'logo.svg',
      utf8('<svg onload="x()">'),
      'file-type-refused',
    ],
    ['harmless words that would be run', 'notes.bat', utf8('hello'), 'file-type-refused'],
    ['two endings', 'invoice.pdf.exe', utf8('%PDF-1.7'), 'file-type-refused'],
    ['a program in an archive’s name', 'tool.jar', zip('META-INF/'), 'file-type-refused'],
    ['a document under a picture’s name', 'photo.jpg', utf8('%PDF-1.7'), 'file-type-differs'],
    ['a picture under a document’s name', 'bill.pdf', png, 'file-type-differs'],
    ['an archive under an unknown name', 'data.xyz', zip('a'), 'file-type-differs'],
    ['bytes that are nothing', 'photo.png', bytes(0, 1, 2, 3, 0, 5), 'file-type-refused'],
    ['half of a character', 'notes.txt', bytes(0x61, 0xff), 'file-type-refused'],
  ])('%s is refused', (_, name, head, code) => {
    expect(checkFile(name, head.length, head)).toMatchObject({
      error: { code, details: { field: 'file' } },
    });
  });

  it('too large is too large, whatever it is', () => {
    expect(checkFile('photo.png', maxAttachmentBytes, png).ok).toBe(true);
    expect(checkFile('photo.png', maxAttachmentBytes + 1, png)).toMatchObject({
      error: { code: 'file-too-large', details: { maxBytes: maxAttachmentBytes } },
    });
  });

  it('a long text may be cut in the middle of a character', () => {
    const text = utf8('漏'.repeat(2000)).subarray(0, sniffedBytes);
    expect(sniff(text)).toBe('text');
  });

  it('never fails, and what it calls a program is no picture', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), fc.string(), (head, name) => {
        const checked = checkFile(name, head.length, head);
        if (checked.ok && isPicture(checked.value)) expect(sniff(head)).not.toBe('text');
      }),
    );
    expect(isPicture('image/svg+xml')).toBe(false);
  });
});

describe('a name to keep a file under', () => {
  it.each([
    ['photo.png', 'photo.png'],
    ['../../etc/passwd', '_.._etc_passwd'],
    ['C:\\Windows\\a.txt', 'C__Windows_a.txt'],
    ['bill\u202Efdp.exe', 'bill_fdp.exe'],
    ['con.txt', '_con.txt'],
    ['   ', 'file'],
    ['...', 'file'],
    [`${'长'.repeat(300)}.pdf`, `${'长'.repeat(120)}.pdf`],
  ])('%j', (name, safe) => {
    expect(safeFileName(name)).toBe(safe);
  });

  it('is never a path, whatever was given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        const safe = safeFileName(name);
        expect(safe).not.toMatch(/[/\\\p{Cc}]|^\.|^$/u);
      }),
    );
  });
});

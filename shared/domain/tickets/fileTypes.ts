import { fail, ok, type Result } from '../../result.ts';

/** The largest attachment, bytes. */
export const maxAttachmentBytes = 20 * 1_048_576;

interface FileType {
  mime: string;
  /** Endings of names that such files have. */
  extensions: readonly string[];
  /** The window may show it as a picture: it holds no program. */
  picture?: true;
}

/** The closed list of what is taken. Nothing that a system or a browser would run. */
const types = {
  png: { mime: 'image/png', extensions: ['png'], picture: true },
  jpeg: { mime: 'image/jpeg', extensions: ['jpg', 'jpeg'], picture: true },
  gif: { mime: 'image/gif', extensions: ['gif'], picture: true },
  webp: { mime: 'image/webp', extensions: ['webp'], picture: true },
  bmp: { mime: 'image/bmp', extensions: ['bmp'], picture: true },
  tiff: { mime: 'image/tiff', extensions: ['tif', 'tiff'] },
  heic: { mime: 'image/heic', extensions: ['heic', 'heif'] },
  pdf: { mime: 'application/pdf', extensions: ['pdf'] },
  zip: { mime: 'application/zip', extensions: ['zip'] },
  word: {
    mime: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    extensions: ['docx'],
  },
  excel: {
    mime: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    extensions: ['xlsx'],
  },
  slides: {
    mime: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    extensions: ['pptx'],
  },
  openText: { mime: 'application/vnd.oasis.opendocument.text', extensions: ['odt'] },
  openSheet: { mime: 'application/vnd.oasis.opendocument.spreadsheet', extensions: ['ods'] },
  oldOffice: {
    mime: 'application/x-ole-storage',
    extensions: ['doc', 'xls', 'ppt', 'msg', 'wps', 'et'],
  },
  rtf: { mime: 'application/rtf', extensions: ['rtf'] },
  mp3: { mime: 'audio/mpeg', extensions: ['mp3'] },
  wav: { mime: 'audio/wav', extensions: ['wav'] },
  ogg: { mime: 'audio/ogg', extensions: ['ogg', 'oga', 'opus'] },
  amr: { mime: 'audio/amr', extensions: ['amr'] },
  m4a: { mime: 'audio/mp4', extensions: ['m4a'] },
  mp4: { mime: 'video/mp4', extensions: ['mp4', 'm4v'] },
  mov: { mime: 'video/quicktime', extensions: ['mov'] },
  webm: { mime: 'video/webm', extensions: ['webm', 'mkv'] },
  text: { mime: 'text/plain', extensions: ['txt', 'log', 'csv', 'md', 'eml', 'json', 'vcf'] },
} as const satisfies Record<string, FileType>;
type TypeName = keyof typeof types;

const pictures: ReadonlySet<string> = new Set(
  Object.values<FileType>(types)
    .filter(({ picture }) => picture)
    .map(({ mime }) => mime),
);

export function isPicture(mime: string): boolean {
  return pictures.has(mime);
}

/** Endings under which a system would run a file, whatever is in it. */
const runnable = new Set(
  'exe com scr pif bat cmd ps1 psm1 vbs vbe js jse mjs cjs wsf wsh msi msp jar apk app dmg pkg deb rpm sh bash zsh command run bin elf dll sys cpl hta html htm xhtml svg svgz xml lnk url reg inf desktop py rb pl php docm xlsm pptm dotm xlam'.split(
    ' ',
  ),
);

/** As many bytes from the beginning as `sniff` looks at. */
export const sniffedBytes = 4096;

/**
 * What a file is, by its content, not by its name; null for what is not on the list. `head` are its first
 * `sniffedBytes` bytes, or all of them.
 */
export function sniff(head: Uint8Array): TypeName | null {
  for (const [name, parts] of magic) if (parts.every((part) => has(head, part))) return name;
  if (has(head, { at: 4, bytes: ascii('ftyp') })) return ofMedia(latin(head, 8, 12));
  if (has(head, { at: 0, bytes: [0x50, 0x4b, 3, 4] })) return ofZip(latin(head, 0, head.length));
  return isText(head) ? 'text' : null;
}

interface Part {
  at: number;
  bytes: readonly number[];
}
const start = (...bytes: number[]): Part[] => [{ at: 0, bytes }];
const said = (text: string, at = 0): Part => ({ at, bytes: ascii(text) });

const magic: readonly [TypeName, readonly Part[]][] = [
  ['png', start(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)],
  ['jpeg', start(0xff, 0xd8, 0xff)],
  ['gif', [said('GIF8')]],
  ['webp', [said('RIFF'), said('WEBP', 8)]],
  ['wav', [said('RIFF'), said('WAVE', 8)]],
  ['bmp', [said('BM'), { at: 6, bytes: [0, 0, 0, 0] }]],
  ['tiff', start(0x49, 0x49, 0x2a, 0)],
  ['tiff', start(0x4d, 0x4d, 0, 0x2a)],
  ['pdf', [said('%PDF-')]],
  ['oldOffice', start(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1)],
  ['rtf', [said('{\\rtf')]],
  ['mp3', [said('ID3')]],
  ['mp3', start(0xff, 0xfb)],
  ['mp3', start(0xff, 0xf3)],
  ['ogg', [said('OggS')]],
  ['amr', [said('#!AMR')]],
  ['webm', start(0x1a, 0x45, 0xdf, 0xa3)],
];

/** ISO base media: the brand says which. */
function ofMedia(brand: string): TypeName | null {
  if (brand === 'M4A ') return 'm4a';
  if (brand === 'qt  ') return 'mov';
  if (/^(?:hei[cxm]|hevc|mif1|msf1)$/u.test(brand)) return 'heic';
  return /^(?:isom|iso\d|mp4\d|avc1|M4V |dash|3gp\d)$/u.test(brand) ? 'mp4' : null;
}

/** Office files are archives; the names of what is in them tell which. */
function ofZip(head: string): TypeName {
  const mimetype = /mimetypeapplication\/vnd\.oasis\.opendocument\.(text|spreadsheet)/u.exec(head);
  if (mimetype) return mimetype[1] === 'text' ? 'openText' : 'openSheet';
  if (!head.includes('[Content_Types].xml') && !head.includes('_rels/')) return 'zip';
  if (head.includes('word/')) return 'word';
  if (head.includes('xl/')) return 'excel';
  return head.includes('ppt/') ? 'slides' : 'zip';
}

/** UTF-8, or UTF-16 with its mark, that is no program and no page of a browser. */
function isText(head: Uint8Array): boolean {
  if (has(head, { at: 0, bytes: [0xff, 0xfe] }) || has(head, { at: 0, bytes: [0xfe, 0xff] })) {
    return true;
  }
  if (head.includes(0)) return false;
  // GB 18030: Chinese text of before UTF-8.
  const text = decoded('utf-8', head) ?? decoded('gb18030', head);
  return text !== null && !/^\s*(?:#!|<\?|<!doctype|<html|<script|<svg|MZ)/iu.test(text);
}

/** Of Node and of browsers alike. */
declare class TextDecoder {
  constructor(label: string, options: { fatal: boolean });
  decode(bytes: Uint8Array, options: { stream: boolean }): string;
}

function decoded(encoding: string, head: Uint8Array): string | null {
  // The last character may be cut.
  const stream = head.length >= sniffedBytes;
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(head, { stream });
  } catch {
    return null;
  }
}

/**
 * The type of a file with this name and this content. Fails with `file-too-large`, `file-type-refused` (not on the
 * list, or one that a system would run) and `file-type-differs` (it is not what its name says).
 */
export function checkFile(name: string, bytes: number, head: Uint8Array): Result<string> {
  if (bytes > maxAttachmentBytes) {
    return fail('file-too-large', 'larger than an attachment may be', {
      maxBytes: maxAttachmentBytes,
    });
  }
  const extension = extensionOf(name);
  const refused = { field: 'file', extension };
  if (runnable.has(extension)) return fail('file-type-refused', `.${extension} is run`, refused);
  const found = sniff(head);
  if (found === null) return fail('file-type-refused', 'no type that is taken', refused);
  const { mime, extensions }: FileType = types[found];
  if (extension === '' || extensions.includes(extension)) return ok(mime);
  const isKnown = Object.values<FileType>(types).some((one) => one.extensions.includes(extension));
  // An office file whose inner names come late looks like any archive.
  const isLateOffice = found === 'zip' && zipped.has(extension);
  if (isLateOffice) return ok(mimeOf(extension));
  const details = { field: 'file', extension, found: mime };
  if (isKnown) return fail('file-type-differs', `.${extension} is ${mime}`, details);
  return found === 'text'
    ? ok(mime)
    : fail('file-type-differs', `.${extension} is ${mime}`, details);
}

const zipped = new Set(['docx', 'xlsx', 'pptx', 'odt', 'ods']);

function mimeOf(extension: string): string {
  const type = Object.values<FileType>(types).find((one) => one.extensions.includes(extension));
  return type?.mime ?? types.zip.mime;
}

export function extensionOf(name: string): string {
  return /\.([^.\s]{1,16})\s*$/u.exec(name)?.[1]?.toLowerCase() ?? '';
}

/** A name under which every system can keep the file: no path, no control or direction characters, not endless. */
export function safeFileName(name: string): string {
  const plain = name
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}<>:"/\\|?*]/gu, '_')
    .replace(/^[.\s]+/u, '')
    .replace(/[.\s]+$/u, '');
  const extension = extensionOf(plain);
  const body = extension === '' ? plain : plain.slice(0, -(extension.length + 1));
  const device = /^(?:con|prn|aux|nul|com\d|lpt\d)$/iu.test(body) ? `_${body}` : body;
  const short = [...device].slice(0, 120).join('') || 'file';
  return extension === '' ? short : `${short}.${extension}`;
}

function has(head: Uint8Array, { at, bytes }: Part): boolean {
  return bytes.every((byte, index) => head[at + index] === byte);
}

function ascii(text: string): number[] {
  return [...text].map((character) => character.codePointAt(0) ?? 0);
}

function latin(bytes: Uint8Array, from: number, to: number): string {
  return Array.from(bytes.subarray(from, to), (byte) => String.fromCodePoint(byte)).join('');
}

import { accessSync, constants } from 'node:fs';

/** A font file that has Chinese characters too; `name` is the PostScript name of one in a collection (.ttc). */
export interface ReportFont {
  path: string;
  name: string | null;
}

/** No font with Chinese characters is there, and the text needs one. */
export class FontAbsentError extends Error {
  override readonly name = 'FontAbsentError';
}

/** Where systems keep such fonts: Debian and Red Hat, macOS, Windows. */
const usualPlaces: readonly ReportFont[] = [
  {
    path: '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc',
    name: 'NotoSansCJKsc-Regular',
  },
  {
    path: '/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc',
    name: 'NotoSansCJKsc-Regular',
  },
  { path: '/usr/share/fonts/truetype/wqy/wqy-microhei.ttc', name: 'WenQuanYiMicroHei' },
  { path: '/System/Library/Fonts/Hiragino Sans GB.ttc', name: 'HiraginoSansGB-W3' },
  { path: 'C:\\Windows\\Fonts\\msyh.ttc', name: 'MicrosoftYaHei' },
  { path: 'C:\\Windows\\Fonts\\simhei.ttf', name: null },
];

/** `path` or `path#name`; null: the first of the usual places that has one. */
export function findFont(named: string | null): ReportFont | null {
  if (named !== null) {
    const [path = '', name = null] = named.split('#');
    return { path, name };
  }
  return usualPlaces.find(({ path }) => isReadable(path)) ?? null;
}

export function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

/** Characters that the fonts every PDF reader brings along have (WinAnsi). */
export function isLatin(text: string): boolean {
  return /^[\t\n\r\x20-\x7e\u00a0-\u00ff\u2013\u2014\u2018-\u201d\u2022\u2026\u20ac]*$/.test(text);
}

/** True on a Mac, where Alt of the call becomes Control+Option and Ctrl of the work becomes Command. */
export const isMac =
  typeof navigator !== 'undefined' && /mac|iphone|ipad/iu.test(navigator.userAgent);

const readable: Record<string, string> = {
  Enter: '↵',
  ArrowDown: '↓',
  ArrowUp: '↑',
  Escape: 'Esc',
};

/** `Ctrl+Shift+Enter` as it is printed on key caps: `Ctrl Shift ↵`, on a Mac `⌘⇧↵`. */
export function keysForReading(keys: string, mac: boolean = isMac): string {
  const parts = keys.split('+').map((part) => readable[part] ?? part);
  if (!mac) return parts.join(' ');
  const symbols: Record<string, string> = { Alt: '⌃⌥', Ctrl: '⌘', Shift: '⇧' };
  return parts.map((part) => symbols[part] ?? part).join('');
}

interface Stroke {
  key: string;
  code: string;
  altKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
}

function sameKey(stroke: Stroke, wanted: string): boolean {
  if (stroke.key.toLowerCase() === wanted.toLowerCase()) return true;
  // Option and some layouts turn a letter or a digit into a sign: then the place of the key counts.
  const plain = /^[a-z0-9]$/iu.test(stroke.key);
  if (plain || !/^[a-z0-9]$/iu.test(wanted)) return false;
  return (
    stroke.code === `Key${wanted.toUpperCase()}` ||
    stroke.code === `Digit${wanted}` ||
    stroke.code === `Numpad${wanted}`
  );
}

/** Whether a key stroke is the shortcut `keys`, such as `Alt+A`, `Ctrl+Enter` or `F6`. */
export function matchesKeys(stroke: Stroke, keys: string, mac: boolean = isMac): boolean {
  const parts = keys.split('+');
  const wanted = parts.pop() ?? '';
  const alt = parts.includes('Alt');
  const ctrl = parts.includes('Ctrl');
  const expected = mac ? { alt, ctrl: alt, meta: ctrl } : { alt, ctrl, meta: false };
  return (
    stroke.altKey === expected.alt &&
    stroke.ctrlKey === expected.ctrl &&
    stroke.metaKey === expected.meta &&
    stroke.shiftKey === parts.includes('Shift') &&
    sameKey(stroke, wanted)
  );
}

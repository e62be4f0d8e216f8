export interface DiffLine {
  kind: 'same' | 'added' | 'removed';
  text: string;
}

/** Texts with more lines than this are compared as a whole: the table below grows with their product. */
const mostLines = 2000;

/** What was done to a text, line by line: the longest common lines stay. */
export function lineDiff(before: string, after: string): DiffLine[] {
  const a = before.split('\n');
  const b = after.split('\n');
  if (a.length > mostLines || b.length > mostLines) {
    return [...a.map(asRemoved), ...b.map(asAdded)];
  }
  const width = b.length + 1;
  const common = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const both = (common[(i + 1) * width + j + 1] ?? 0) + 1;
      const one = Math.max(common[(i + 1) * width + j] ?? 0, common[i * width + j + 1] ?? 0);
      common[i * width + j] = a[i] === b[j] ? both : one;
    }
  }
  const lines: DiffLine[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const [left = '', right = ''] = [a[i], b[j]];
    if (left === right) {
      lines.push({ kind: 'same', text: left });
      i += 1;
      j += 1;
    } else if ((common[(i + 1) * width + j] ?? 0) >= (common[i * width + j + 1] ?? 0)) {
      lines.push(asRemoved(left));
      i += 1;
    } else {
      lines.push(asAdded(right));
      j += 1;
    }
  }
  return [...lines, ...a.slice(i).map(asRemoved), ...b.slice(j).map(asAdded)];
}

const asRemoved = (text: string): DiffLine => ({ kind: 'removed', text });
const asAdded = (text: string): DiffLine => ({ kind: 'added', text });

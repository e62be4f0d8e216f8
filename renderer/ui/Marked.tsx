import styles from './Marked.module.css';

/** A text with what was searched for made to stand out; marks are from and to, in order, not overlapping. */
export function Marked({
  text,
  marks,
}: {
  text: string;
  marks: readonly (readonly [number, number])[];
}) {
  const parts: { key: number; text: string; hit: boolean }[] = [];
  let at = 0;
  for (const [from, to] of marks) {
    if (from > at) parts.push({ key: at, text: text.slice(at, from), hit: false });
    parts.push({ key: from, text: text.slice(from, to), hit: true });
    at = to;
  }
  if (at < text.length) parts.push({ key: at, text: text.slice(at), hit: false });
  return (
    <>
      {parts.map((part) =>
        part.hit ? (
          <mark key={part.key} className={styles.hit}>
            {part.text}
          </mark>
        ) : (
          part.text
        ),
      )}
    </>
  );
}

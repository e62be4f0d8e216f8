import type { TextPart } from '#shared/domain/knowledge/knowledgeText.ts';
import styles from './knowledge.module.css';

/** A piece of text with what was searched for marked. */
export function Marked({ parts }: { parts: readonly TextPart[] }) {
  return parts.map((part, index) =>
    part.marked ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text have no other name
      <mark key={index} className={styles.mark}>
        {part.text}
      </mark>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text have no other name
      <span key={index}>{part.text}</span>
    ),
  );
}

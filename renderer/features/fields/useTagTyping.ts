import { type ChangeEvent, type KeyboardEvent, useState } from 'react';
import { maxLineLength, maxTags } from '#shared/domain/primitives.ts';

/** The tags with those that are new, as many and as long as are stored. */
export function withTags(tags: readonly string[], more: readonly string[]): string[] {
  const whole = more.map((text) => text.trim().slice(0, maxLineLength)).filter((tag) => tag !== '');
  return [...new Set([...tags, ...whole])].slice(0, maxTags);
}

/** Tags typed one after another: Enter or a comma keeps one, Backspace in the empty box takes the last back. */
export function useTagTyping(tags: readonly string[], onChange: (tags: string[]) => void) {
  const [typed, setTyped] = useState('');
  const keep = (more: readonly string[]) => {
    const next = withTags(tags, more);
    if (next.length > tags.length) onChange(next);
  };
  const add = (text: string) => {
    setTyped('');
    keep([text]);
  };
  return {
    typed,
    add,
    /** For the box in which they are typed. */
    box: {
      value: typed,
      onChange: (event: ChangeEvent<HTMLInputElement>) => {
        const parts = event.target.value.split(/[,，;；]/u);
        setTyped(parts.pop() ?? '');
        keep(parts);
      },
      onKeyDown: (event: KeyboardEvent) => {
        if (event.nativeEvent.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
        if (event.key === 'Enter' && typed.trim() !== '') {
          event.preventDefault();
          add(typed);
        }
        if (event.key === 'Backspace' && typed === '') onChange(tags.slice(0, -1));
      },
      onBlur: () => add(typed),
    },
  };
}

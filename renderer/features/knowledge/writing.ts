import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

/** What is being written now, for which articles are looked for. */
export interface Writing {
  /** Names the form, such as `wrapUp:<call id>`. */
  form: string;
  ticketCategoryId: string | null;
  queueId: string | null;
  text: string;
  /** Puts a reference where the text is written. */
  insert: (reference: string) => void;
}

const writingStore = createStore<{ forms: readonly Writing[] }>(() => ({ forms: [] }));

/** The form that opened last; null where nothing is being written. */
export function useWritten(): Writing | null {
  return useStore(writingStore, ({ forms }) => forms.at(-1) ?? null);
}

/** Tells what a form is about while it is open. */
export function useWriting(writing: Writing): void {
  const { form, ticketCategoryId, queueId, text } = writing;
  const insert = useRef(writing.insert);
  insert.current = writing.insert;
  useEffect(() => {
    const own: Writing = {
      form,
      ticketCategoryId,
      queueId,
      text,
      insert: (reference) => insert.current(reference),
    };
    writingStore.setState(({ forms }) => {
      const at = forms.findIndex((one) => one.form === form);
      return { forms: at < 0 ? [...forms, own] : forms.with(at, own) };
    });
  }, [form, ticketCategoryId, queueId, text]);
  useEffect(
    () => () =>
      writingStore.setState(({ forms }) => ({ forms: forms.filter((one) => one.form !== form) })),
    [form],
  );
}

/** A text with a reference behind it, in a line of its own. */
export function withReference(text: string, reference: string): string {
  const body = text.trimEnd();
  return body === '' ? `${reference}\n` : `${body}\n${reference}\n`;
}

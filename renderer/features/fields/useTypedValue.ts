import { type ChangeEvent, useState } from 'react';

/** A value written as text: what cannot be read stays in the box and is wrong, and the last good value counts. */
export function useTypedValue<V>({
  value,
  write,
  read,
  onChange,
}: {
  value: V;
  write: (value: V) => string;
  /** Undefined where the text says no value. */
  read: (text: string) => V | undefined;
  onChange: (value: V) => void;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? write(value);
  const isWrong = read(text) === undefined;
  return {
    isWrong,
    /** For the box in which it is typed. */
    box: {
      value: text,
      onChange: (event: ChangeEvent<HTMLInputElement>) => {
        setTyped(event.currentTarget.value);
        const given = read(event.currentTarget.value);
        if (given !== undefined) onChange(given);
      },
      onBlur: () => {
        if (!isWrong) setTyped(null);
      },
    },
  };
}

import { useState } from 'react';
import { SettingText } from './SettingText.tsx';

/** A whole number of a setting. What cannot be taken stays in the box and is told; the last good one counts. */
export function SettingNumber<V extends number | null>({
  value,
  least,
  most,
  wrong,
  empty,
  ...rest
}: {
  label: string;
  cell?: boolean;
  value: V;
  least: number;
  most: number;
  /** Said of what cannot be taken. */
  wrong: string;
  /** What an empty box means; undefined where something has to stand in it. */
  empty?: V;
  unit?: string;
  placeholder?: string;
  testId?: string;
  onChange: (value: V | number) => void;
}) {
  const { unit, testId, onChange, ...box } = rest;
  const [typed, setTyped] = useState<{ of: V; text: string } | null>(null);
  // A value that came from elsewhere, such as an earlier version, shows anew.
  const text = typed && typed.of === value ? typed.text : String(value ?? '');
  const read = (written: string): V | number | undefined => {
    const digits = written.normalize('NFKC').trim();
    if (digits === '') return empty;
    const number = /^\d{1,6}$/u.test(digits) ? Number(digits) : Number.NaN;
    return number >= least && number <= most ? number : undefined;
  };
  return (
    <SettingText
      {...box}
      inputMode="numeric"
      data-testid={testId}
      trail={unit ? <span className="small">{unit}</span> : undefined}
      flaw={read(text) === undefined ? { words: wrong, isMissing: false } : null}
      value={text}
      onChange={(event) => {
        const next = read(event.currentTarget.value);
        setTyped({ of: (next ?? value) as V, text: event.currentTarget.value });
        if (next !== undefined) onChange(next);
      }}
      onBlur={() => {
        if (read(text) !== undefined) setTyped(null);
      }}
    />
  );
}

import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldFlaw } from '../flaws.ts';
import { SettingText } from '../SettingText.tsx';

const mostPatterns = 200;

/** Numbers with blanks or commas of either script between them. */
function readPatterns(text: string): string[] {
  const written = text.normalize('NFKC').split(/[\s,;、]+/u);
  return [...new Set(written.filter((one) => one !== ''))];
}

/** Several beginnings of numbers in one box. What is none of them is named, and the last good list counts. */
export function PatternField({
  label,
  hint,
  testId,
  flaw,
  isPattern,
  value,
  onChange,
}: {
  label: string;
  hint: string;
  testId: string;
  flaw: FieldFlaw | null;
  isPattern: (text: string) => boolean;
  value: readonly string[];
  onChange: (value: string[]) => void;
}) {
  const { t } = useTranslation('administration');
  const [typed, setTyped] = useState<{ of: string; text: string } | null>(null);
  const written = value.join(', ');
  // A list that came from elsewhere, such as an earlier version, shows anew.
  const text = typed && typed.of === written ? typed.text : written;
  const problemOf = (given: readonly string[]): FieldFlaw | null => {
    const wrong = given.find((one) => !isPattern(one));
    if (wrong !== undefined) {
      return { words: t('flaws.pattern', { pattern: wrong }), isMissing: false };
    }
    if (given.length <= mostPatterns) return null;
    return { words: t('flaws.patterns', { most: mostPatterns }), isMissing: false };
  };
  const problem = problemOf(readPatterns(text));
  return (
    <SettingText
      label={label}
      hint={hint}
      flaw={problem ?? flaw}
      data-testid={testId}
      inputMode="tel"
      dir="ltr"
      value={text}
      onChange={(event) => {
        const next = readPatterns(event.currentTarget.value);
        const isGood = problemOf(next) === null;
        setTyped({ of: isGood ? next.join(', ') : written, text: event.currentTarget.value });
        if (isGood) onChange(next);
      }}
      onBlur={() => {
        if (problem === null) setTyped(null);
      }}
    />
  );
}

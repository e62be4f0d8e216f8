import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import styles from './administration.module.css';
import { PathFields } from './PathFields.tsx';
import { isDouble, type Leaf, type PathProblem, pathFrom, textOf } from './pathRows.ts';

/** One leaf: its names, and whether it is still offered. What cannot be read stays in the row and is not taken. */
export function PathRow({
  leaf,
  leaves,
  onChange,
}: {
  leaf: Leaf;
  leaves: readonly Leaf[];
  onChange: (leaf: Leaf) => void;
}) {
  const { t } = useTranslation('administration');
  const [typed, setTyped] = useState<{ of: Leaf; text: ReturnType<typeof textOf> } | null>(null);
  const [problem, setProblem] = useState<PathProblem | null>(null);
  // A leaf that was changed elsewhere, such as by taking an earlier version, shows anew.
  const text = typed && typed.of === leaf ? typed.text : textOf(leaf);

  function take(): void {
    const path = pathFrom(text);
    if (typeof path === 'string') {
      setProblem(path);
      return;
    }
    const next = { ...leaf, path };
    const double = isDouble(next, leaves);
    setProblem(double ? 'double' : null);
    if (double || JSON.stringify(path) === JSON.stringify(leaf.path)) return;
    setTyped(null);
    onChange(next);
  }

  return (
    <li className={styles.leaf} data-retired={leaf.retired === true} data-testid="tree-row">
      <PathFields
        text={text}
        problem={problem}
        onChange={(next) => setTyped({ of: leaf, text: next })}
        onLeave={take}
        onEnter={take}
      />
      <Button
        size="sm"
        variant="ghost"
        data-testid="tree-retire"
        onClick={() => onChange({ ...leaf, retired: !leaf.retired })}
      >
        {leaf.retired ? t('tree.offer') : t('tree.retire')}
      </Button>
    </li>
  );
}

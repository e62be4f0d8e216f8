import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import styles from './administration.module.css';
import { PathFields } from './PathFields.tsx';
import { isDouble, type Leaf, newLeaf, type PathProblem, pathFrom } from './pathRows.ts';

/** A new leaf, typed level behind level. */
export function NewPath({
  leaves,
  onAdd,
  onCancel,
}: {
  leaves: readonly Leaf[];
  onAdd: (leaf: Leaf) => void;
  onCancel: () => void;
}) {
  const { t } = useTranslation('administration');
  const [text, setText] = useState({ en: '', 'zh-CN': '' });
  const [problem, setProblem] = useState<PathProblem | null>(null);
  function add(): void {
    const path = pathFrom(text);
    if (typeof path === 'string') {
      setProblem(path);
      return;
    }
    const leaf = newLeaf(path);
    if (isDouble(leaf, leaves)) setProblem('double');
    else onAdd(leaf);
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape is caught for the fields inside
    <div
      className={styles.fresh}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onCancel();
      }}
    >
      <PathFields
        text={text}
        problem={problem}
        autoFocus
        onChange={setText}
        onLeave={() => undefined}
        onEnter={add}
      />
      <Button size="sm" variant="solid" data-testid="tree-add" onClick={add}>
        {t('tree.add')}
      </Button>
      <Button size="sm" data-testid="tree-cancel" onClick={onCancel}>
        {t('tree.cancel')}
      </Button>
    </div>
  );
}

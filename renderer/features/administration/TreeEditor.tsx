import { IconPlus, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from './administration.module.css';
import { NewPath } from './NewPath.tsx';
import { PathRow } from './PathRow.tsx';
import { type Leaf, leavesWith } from './pathRows.ts';

/** More than anybody reads at once; the rest is found by typing. */
const shownRows = 100;

/** Reasons or categories, level behind level in both languages. None is removed: what is retired is not offered any more. */
export function TreeEditor({
  kind,
  items,
  onChange,
}: {
  kind: 'dispositions' | 'categories';
  items: readonly Leaf[];
  onChange: (items: Leaf[]) => void;
}) {
  const { t } = useTranslation('administration');
  const [typed, setTyped] = useState('');
  const [adding, setAdding] = useState(false);
  const found = leavesWith(items, typed);
  const replace = (next: Leaf) =>
    onChange(items.map((item) => (item.id === next.id ? next : item)));
  return (
    <div>
      <p className={styles.about}>{t(`tree.${kind}`)}</p>
      <div className={styles.tools}>
        <TextField
          lead={<IconSearch size={16} aria-hidden="true" />}
          aria-label={t('tree.search')}
          placeholder={t('tree.search')}
          value={typed}
          data-testid="tree-search"
          onChange={(event) => setTyped(event.target.value)}
        />
        <span className="muted">{t('tree.count', { count: found.length })}</span>
        <span className="grow" />
        <Button
          icon={<IconPlus size={16} aria-hidden="true" />}
          data-testid="tree-new"
          onClick={() => setAdding(true)}
        >
          {t('tree.new')}
        </Button>
      </div>
      {adding ? (
        <NewPath
          leaves={items}
          onAdd={(leaf) => {
            onChange([leaf, ...items]);
            setAdding(false);
          }}
          onCancel={() => setAdding(false)}
        />
      ) : null}
      {found.length === 0 ? <EmptyState title={t('tree.none')} /> : null}
      <ul className={styles.rows}>
        {found.slice(0, shownRows).map((leaf) => (
          <PathRow key={leaf.id} leaf={leaf} leaves={items} onChange={replace} />
        ))}
      </ul>
      {found.length > shownRows ? (
        <p className="muted">{t('tree.more', { count: found.length - shownRows })}</p>
      ) : null}
    </div>
  );
}

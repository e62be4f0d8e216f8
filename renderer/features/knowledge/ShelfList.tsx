import { useTranslation } from 'react-i18next';
import {
  type Shelf,
  type ShelfList as Shelves,
  shelves,
} from '#shared/contract/methods/knowledge.ts';
import { useMayDo } from '../../store/desk.ts';
import { Skeleton } from '../../ui/Skeleton.tsx';
import styles from './knowledge.module.css';

const ofEditors = new Set<Shelf>(['drafts', 'due', 'retired']);

function Entry({
  name,
  count,
  current,
  testId,
  onClick,
}: {
  name: string;
  count: number;
  current: boolean;
  testId: string;
  onClick: () => void;
}) {
  return (
    <li>
      <button
        type="button"
        className={styles.shelf}
        aria-current={current}
        data-testid={testId}
        onClick={onClick}
      >
        <span className="cut grow" title={name}>
          {name}
        </span>
        <span className="small">{count}</span>
      </button>
    </li>
  );
}

/** All, favourites, what editors look after, and one shelf for each category. */
export function ShelfList({
  list,
  shelf,
  category,
  onChoose,
}: {
  list: Shelves | null;
  shelf: Shelf;
  category: string | null;
  onChoose: (shelf: Shelf, category: string | null) => void;
}) {
  const { t } = useTranslation('knowledge');
  const mayWrite = useMayDo('knowledge.write');
  if (!list) return <Skeleton widths={[70, 60, 80]} />;
  return (
    <div className={`scroll ${styles.shelves}`}>
      <ul>
        {shelves
          .filter((one) => mayWrite || !ofEditors.has(one))
          .map((one) => (
            <Entry
              key={one}
              name={t(`shelf.${one}`)}
              count={list.counts[one]}
              current={shelf === one && category === null}
              testId={`shelf-${one}`}
              onClick={() => onChoose(one, null)}
            />
          ))}
      </ul>
      <h2 className={styles.shelfHead}>{t('categories')}</h2>
      <ul>
        {list.categories.map((one) => (
          <Entry
            key={one.category}
            name={one.category || t('noCategory')}
            count={one.count}
            current={shelf === 'all' && category === one.category}
            testId="shelf-category"
            onClick={() => onChoose('all', one.category)}
          />
        ))}
      </ul>
    </div>
  );
}

import { useTranslation } from 'react-i18next';
import {
  type ArticleCategory,
  type Shelf,
  type ShelfList as Shelves,
  shelves,
} from '#shared/contract/methods/knowledge.ts';
import { type Language, languages } from '#shared/domain/text/text.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { useMayDo } from '../../store/desk.ts';
import { Skeleton } from '../../ui/Skeleton.tsx';
import styles from './knowledge.module.css';

const ofEditors = new Set<Shelf>(['drafts', 'due', 'retired']);

function Entry({
  name,
  lang,
  count,
  current,
  testId,
  onClick,
}: {
  name: string;
  lang?: Language | undefined;
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
        <span className="cut grow" title={name} lang={lang}>
          {name}
        </span>
        <span className="small">{count}</span>
      </button>
    </li>
  );
}

/**
 * All, favourites, what editors look after, and one shelf for each category: those of the window's language first, and
 * those of the other under a heading of their own.
 */
export function ShelfList({
  list,
  shelf,
  category,
  onChoose,
}: {
  list: Shelves | null;
  shelf: Shelf;
  category: ArticleCategory | null;
  onChoose: (shelf: Shelf, category: ArticleCategory | null) => void;
}) {
  const { t } = useTranslation('knowledge');
  const { language } = useFormat();
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
      {[language, ...languages.filter((one) => one !== language)].map((of) => {
        const categories = list.categories.filter((one) => one.language === of);
        return categories.length === 0 ? null : (
          <section key={of} aria-labelledby={`categories-${of}`}>
            <h2 id={`categories-${of}`} className={styles.shelfHead}>
              {of === language
                ? t('categories')
                : t('categoriesIn', { language: t(`languages.${of}`) })}
            </h2>
            <ul>
              {categories.map((one) => (
                <Entry
                  key={one.category}
                  name={one.category || t('noCategory')}
                  lang={one.category ? of : undefined}
                  count={one.count}
                  current={
                    shelf === 'all' &&
                    category?.category === one.category &&
                    category.language === of
                  }
                  testId="shelf-category"
                  onClick={() => onChoose('all', { category: one.category, language: of })}
                />
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

import { IconBook2, IconStarFilled } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  ArticleCategory,
  ArticleHit,
  ArticleRow,
  Shelf,
} from '#shared/contract/methods/knowledge.ts';
import type { Language } from '#shared/domain/text/text.ts';
import { useQuery } from '../../app/bridge.tsx';
import { hrefOf } from '../../app/routes.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Pill } from '../../ui/Pill.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { ListFailed } from '../tickets/ListStates.tsx';
import styles from './knowledge.module.css';
import { Marked } from './Marked.tsx';

const mostRows = 500;

/** Articles in the language of the window come first; each part keeps its order. */
function ownFirst(rows: readonly ArticleRow[], language: Language): ArticleRow[] {
  const isOwn = (row: ArticleRow) => row.language === language;
  return [...rows.filter(isOwn), ...rows.filter((row) => !isOwn(row))];
}

function Hit({ hit, selected }: { hit: ArticleHit; selected: boolean }) {
  const { t } = useTranslation('knowledge');
  return (
    <a
      className={styles.row}
      href={hrefOf('knowledge', hit.id)}
      aria-current={selected}
      lang={hit.language}
      data-testid="article-row"
    >
      <span className={styles.rowTitle}>
        <span className={styles.hitTitle}>
          <Marked parts={hit.titleParts} />
        </span>
        {hit.state === 'published' ? null : <Pill tone="warn">{t(`states.${hit.state}`)}</Pill>}
      </span>
      <span className={styles.hitText}>
        <Marked parts={hit.snippet} />
      </span>
    </a>
  );
}

function Row({ row, selected }: { row: ArticleRow; selected: boolean }) {
  const { t } = useTranslation('knowledge');
  const format = useFormat();
  return (
    <a
      className={styles.row}
      href={hrefOf('knowledge', row.id)}
      aria-current={selected}
      lang={row.language}
      data-testid="article-row"
    >
      <span className={styles.rowTitle}>
        <span className={styles.hitTitle}>{row.title}</span>
        {row.favourite ? (
          <IconStarFilled size={12} className="tone-warn" aria-label={t('shelf.favourites')} />
        ) : null}
        {row.waiting ? <Pill tone="warn">{t('common:notSent')}</Pill> : null}
      </span>
      <span className={styles.meta} lang={format.language}>
        <span>{row.category || t('noCategory')}</span>
        <span>{format.shortDate(row.updatedAt)}</span>
        {row.reviewOn ? <span>{t('reviewOn', { date: format.date(row.reviewOn) })}</span> : null}
      </span>
    </a>
  );
}

/** The articles of a shelf, or what a search finds, with arrows from one to the next. */
export function ArticleList({
  shelf,
  category,
  text,
  selectedId,
}: {
  shelf: Shelf;
  category: ArticleCategory | null;
  text: string;
  selectedId: string | null;
}) {
  const { t } = useTranslation('knowledge');
  const { language } = useFormat();
  const list = useRef<HTMLUListElement>(null);
  const searching = text.trim() !== '';
  const rows = useQuery('knowledge.list', searching ? null : { shelf, category, limit: mostRows }, [
    'article',
    'articleFeedback',
  ]);
  const hits = useQuery('knowledge.search', searching ? { text, limit: 50 } : null, ['article']);
  const query = searching ? hits : rows;
  if (query.failure) {
    return <ListFailed title={t('listFailed')} failure={query.failure} onAgain={query.reload} />;
  }
  if (!query.data) return <Skeleton widths={[80, 60, 70, 50]} />;
  if (query.data.length === 0) {
    return (
      <EmptyState
        icon={<IconBook2 size={20} aria-hidden="true" />}
        title={t(searching ? 'noHit' : 'empty')}
        text={t(searching ? 'noHitText' : `emptyText.${shelf}`)}
      />
    );
  }
  // What is due next stands first, in whatever language.
  const found = rows.data ?? [];
  const shown = shelf === 'due' ? found : ownFirst(found, language);
  return (
    <ul
      ref={list}
      className={`scroll ${styles.list}`}
      onKeyDown={(event) => {
        const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
        if (step === 0) return;
        const links = [...(list.current?.querySelectorAll('a') ?? [])];
        const at = links.indexOf(document.activeElement as HTMLAnchorElement);
        links[at + step]?.focus();
        event.preventDefault();
      }}
    >
      {searching
        ? (hits.data ?? []).map((hit) => (
            <li key={hit.id}>
              <Hit hit={hit} selected={hit.id === selectedId} />
            </li>
          ))
        : shown.map((row) => (
            <li key={row.id}>
              <Row row={row} selected={row.id === selectedId} />
            </li>
          ))}
    </ul>
  );
}

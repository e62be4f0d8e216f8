import {
  IconArchive,
  IconArchiveOff,
  IconBook2,
  IconClockExclamation,
  IconHistory,
  IconPencil,
  IconPlus,
  IconSearch,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ArticleCategory, ArticleDetail, Shelf } from '#shared/contract/methods/knowledge.ts';
import { useQuery, useRun } from '../../app/bridge.tsx';
import { keysOf, useShortcut } from '../../app/hotkeys.ts';
import { goTo, useRoute } from '../../app/routes.ts';
import { useMayDo } from '../../store/desk.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { KeyCap } from '../../ui/KeyCap.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { ArticleEditor } from './ArticleEditor.tsx';
import { ArticleList } from './ArticleList.tsx';
import { ArticleView } from './ArticleView.tsx';
import { Editions } from './Editions.tsx';
import styles from './knowledge.module.css';
import { ShelfList } from './ShelfList.tsx';

const newArticle = 'new';
const editing = 'edit:';

function Actions({ article, onEditions }: { article: ArticleDetail; onEditions: () => void }) {
  const { t } = useTranslation('knowledge');
  const run = useRun();
  const retired = article.state === 'retired';
  return (
    <div className={styles.actions}>
      {retired ? null : (
        <Button
          size="sm"
          icon={<IconPencil size={14} aria-hidden="true" />}
          data-testid="article-edit"
          onClick={() => goTo('knowledge', `${editing}${article.id}`)}
        >
          {t('edit')}
        </Button>
      )}
      <Button
        size="sm"
        icon={<IconHistory size={14} aria-hidden="true" />}
        data-testid="article-editions"
        onClick={onEditions}
      >
        {t('editions.open')}
      </Button>
      <Button
        size="sm"
        variant="ghost"
        icon={
          retired ? (
            <IconArchiveOff size={14} aria-hidden="true" />
          ) : (
            <IconArchive size={14} aria-hidden="true" />
          )
        }
        data-testid="article-retire"
        onClick={() => void run('knowledge.retire', { articleId: article.id, on: !retired })}
      >
        {t(retired ? 'bringBack' : 'retire')}
      </Button>
    </div>
  );
}

function Reading({ articleId }: { articleId: string }) {
  const { t } = useTranslation(['knowledge', 'errors']);
  const mayWrite = useMayDo('knowledge.write');
  const [comparing, setComparing] = useState(false);
  const { data, failure } = useQuery('knowledge.get', { articleId }, [
    'article',
    'articleFeedback',
  ]);
  if (failure) {
    return <EmptyState title={t('articleFailed')} text={t(`errors:${failure.code}`)} />;
  }
  if (!data) return <Skeleton widths={[60, 90, 80]} />;
  if (comparing) {
    return <Editions article={data} onClose={() => setComparing(false)} />;
  }
  return (
    <ArticleView
      article={data}
      callId={null}
      actions={mayWrite ? <Actions article={data} onEditions={() => setComparing(true)} /> : null}
    />
  );
}

/** Articles on their shelves, read, searched and, by permission, written. */
export function KnowledgePage() {
  const { t } = useTranslation('knowledge');
  const { id } = useRoute();
  const mayWrite = useMayDo('knowledge.write');
  const [shelf, setShelf] = useState<Shelf>('all');
  const [category, setCategory] = useState<ArticleCategory | null>(null);
  const [text, setText] = useState('');
  const [box, setBox] = useState<HTMLInputElement | null>(null);
  const shelves = useQuery('knowledge.shelves', {}, ['article']);
  useShortcut('work.knowledge', () => box?.focus());
  const editedId = id?.startsWith(editing) ? id.slice(editing.length) : null;
  if (mayWrite && (id === newArticle || editedId !== null)) {
    return (
      <ArticleEditor
        key={id}
        articleId={editedId}
        categories={shelves.data?.categories ?? []}
        onDone={(saved) => goTo('knowledge', saved ?? editedId)}
      />
    );
  }
  return (
    <div className={styles.page} data-region="3" data-testid="knowledge-page">
      <section className={styles.column} aria-label={t('shelves')}>
        <header className={styles.head}>
          <h1>{t('title')}</h1>
        </header>
        <ShelfList
          list={shelves.data}
          shelf={shelf}
          category={category}
          onChoose={(next, of) => {
            setShelf(next);
            setCategory(of);
            setText('');
          }}
        />
      </section>
      <section className={styles.column} aria-label={t('articles')}>
        <header className={styles.head}>
          <TextField
            ref={setBox}
            frameClassName="grow"
            aria-label={t('search')}
            placeholder={t('search')}
            data-testid="knowledge-search"
            lead={<IconSearch size={16} className="muted" aria-hidden="true" />}
            trail={<KeyCap keys={keysOf('work.knowledge')} />}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          {mayWrite ? (
            <Button
              icon={<IconPlus size={16} aria-hidden="true" />}
              data-testid="article-new"
              onClick={() => goTo('knowledge', newArticle)}
            >
              {t('new')}
            </Button>
          ) : null}
        </header>
        {shelf === 'due' ? (
          <p className={styles.note}>
            <IconClockExclamation size={14} aria-hidden="true" />
            {t('dueHint')}
          </p>
        ) : null}
        <ArticleList shelf={shelf} category={category} text={text} selectedId={id} />
      </section>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by key */}
      <section className={`scroll ${styles.reading}`} aria-label={t('reading')} tabIndex={0}>
        {id === null ? (
          <EmptyState
            icon={<IconBook2 size={20} aria-hidden="true" />}
            title={t('nothingOpen')}
            text={t('nothingOpenText')}
          />
        ) : (
          <Reading key={id} articleId={id} />
        )}
      </section>
    </div>
  );
}

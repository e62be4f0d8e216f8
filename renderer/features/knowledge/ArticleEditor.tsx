import { lazy, Suspense, useDeferredValue, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ArticleCategory, ArticleDetail } from '#shared/contract/methods/knowledge.ts';
import type { Failure } from '#shared/result.ts';
import { useInvoke, useQuery } from '../../app/bridge.tsx';
import { keysOf, useShortcut } from '../../app/hotkeys.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { useDirtyForm } from '../../store/window.ts';
import { Button } from '../../ui/Button.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { DraftMark } from '../fields/DraftMark.tsx';
import { FieldsLeft, FormFailure, FormFrame } from '../fields/FormFrame.tsx';
import { useDraft } from '../fields/useDraft.ts';
import { ArticleInputs } from './ArticleInputs.tsx';
import {
  articleOf,
  editedOf,
  emptyArticle,
  openFields,
  readArticleDraft,
} from './articleFields.ts';
import styles from './knowledge.module.css';

const Markdown = lazy(() => import('./Markdown.tsx').then((m) => ({ default: m.Markdown })));

interface EditorProps {
  /** Null: a new one. */
  article: ArticleDetail | null;
  /** Shelves that there are. */
  categories: readonly ArticleCategory[];
  /** With the id of what was saved, or null where nothing was. */
  onDone: (savedId: string | null) => void;
}

function Form({ article, categories, onDone }: EditorProps) {
  const { t } = useTranslation(['knowledge', 'fields']);
  const invoke = useInvoke();
  const { language } = useFormat();
  const key = `article:${article?.id ?? 'new'}`;
  const draft = useDraft(
    key,
    article ? editedOf(article) : emptyArticle(language),
    readArticleDraft,
  );
  const [tried, setTried] = useState(false);
  const [saving, setSaving] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const open = tried ? openFields(draft.value) : [];
  const preview = useDeferredValue(draft.value.body);
  const published = article?.state === 'published';
  useDirtyForm(key, draft.dirty);
  const focusField = (field: string) =>
    form.current?.querySelector<HTMLElement>(`[data-testid="article-${field}"]`)?.focus();
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the form appears
  useEffect(() => focusField(article ? 'body' : 'title'), []);

  const save = async (publish: boolean) => {
    if (saving) return;
    setTried(true);
    const [first] = openFields(draft.value);
    if (first) {
      focusField(first);
      return;
    }
    setSaving(true);
    setFailure(null);
    const fields = articleOf(draft.value);
    const result = await invoke('knowledge.save', {
      articleId: article?.id ?? null,
      fields,
      publish,
    });
    setSaving(false);
    if (!result.ok) {
      setFailure(result.error);
      return;
    }
    await draft.drop();
    onDone(result.value.id);
  };
  useShortcut('work.save', () => void save(published));

  return (
    <div className={styles.editor} data-region="3" data-testid="article-editor">
      <FormFrame
        label={t('editor.region')}
        testId="article-form"
        title={t(article ? 'editor.change' : 'editor.new')}
        note={t(published ? 'editor.noteNow' : 'editor.noteDraft')}
        mark={<DraftMark draft={draft} />}
        formRef={form}
        onBlur={draft.flush}
        foot={
          <>
            <Button
              variant="solid"
              keys={published ? keysOf('work.save') : undefined}
              data-testid="article-publish"
              onClick={() => void save(true)}
            >
              {saving ? t('fields:saving') : t('editor.publish')}
            </Button>
            {published ? null : (
              <Button
                keys={keysOf('work.save')}
                data-testid="article-save"
                onClick={() => void save(false)}
              >
                {t('editor.saveDraft')}
              </Button>
            )}
            <span className="grow" />
            <FieldsLeft count={open.length} />
            <Button data-testid="article-later" onClick={() => onDone(null)}>
              {t('editor.later')}
            </Button>
            <Button
              variant="ghost"
              data-testid="article-discard"
              onClick={() => void draft.drop().then(() => onDone(null))}
            >
              {t('editor.discard')}
            </Button>
          </>
        }
      >
        <FormFailure title={t('editor.failed')} failure={failure} />
        <ArticleInputs
          value={draft.value}
          change={draft.change}
          open={open}
          categories={categories}
        />
      </FormFrame>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by key */}
      <section className={`scroll ${styles.preview}`} aria-label={t('editor.preview')} tabIndex={0}>
        <p className="small">{t('editor.preview')}</p>
        <h2 className={styles.previewTitle} lang={draft.value.language}>
          {draft.value.title}
        </h2>
        <Suspense fallback={<Skeleton widths={[90, 70, 80]} />}>
          <div lang={draft.value.language}>
            <Markdown text={preview} />
          </div>
        </Suspense>
      </section>
    </div>
  );
}

/** Writes an article beside how it will look; what is typed is kept on this desk until it is saved. */
export function ArticleEditor({
  articleId,
  ...rest
}: Omit<EditorProps, 'article'> & { articleId: string | null }) {
  const { data } = useQuery('knowledge.get', articleId === null ? null : { articleId });
  if (articleId === null) return <Form article={null} {...rest} />;
  return data ? <Form article={data} {...rest} /> : <Skeleton widths={[40, 80]} />;
}

import { IconRestore, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ArticleDetail, ArticleEdition } from '#shared/contract/methods/knowledge.ts';
import { useQuery, useRun } from '../../app/bridge.tsx';
import { useFormat } from '../../i18n/useFormat.ts';
import { tell } from '../../store/window.ts';
import { Button } from '../../ui/Button.tsx';
import { cx } from '../../ui/cx.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { fieldsOfArticle } from './articleFields.ts';
import styles from './knowledge.module.css';
import { lineDiff } from './lineDiff.ts';

function Compared({ before, after }: { before: string; after: string }) {
  const { t } = useTranslation('knowledge');
  return (
    <div className={styles.diff} data-testid="edition-diff">
      {lineDiff(before, after).map((line, index) => (
        <p
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no name and never move
          key={index}
          className={cx(
            line.kind === 'added' && styles.added,
            line.kind === 'removed' && styles.removed,
          )}
        >
          <span className={styles.sign} aria-hidden="true">
            {line.kind === 'added' ? '+' : line.kind === 'removed' ? '−' : ''}
          </span>
          {line.kind === 'same' ? null : (
            <span className="for-readers">{t(`editions.${line.kind}`)} </span>
          )}
          {line.text}
        </p>
      ))}
    </div>
  );
}

/** Editions of an article: what each changed against the one now, and back to one of them. */
export function Editions({ article, onClose }: { article: ArticleDetail; onClose: () => void }) {
  const { t } = useTranslation('knowledge');
  const format = useFormat();
  const run = useRun();
  const [chosenId, setChosenId] = useState<string | null>(null);
  const { data } = useQuery('knowledge.editions', { articleId: article.id }, ['articleVersion']);
  const older = data?.filter(({ body, title }) => body !== article.body || title !== article.title);
  const chosen = data?.find(({ id }) => id === chosenId) ?? older?.[0] ?? null;
  const restore = async (edition: ArticleEdition) => {
    const fields = { ...fieldsOfArticle(article), title: edition.title, body: edition.body };
    const publish = article.state === 'published';
    if (await run('knowledge.save', { articleId: article.id, fields, publish })) {
      tell(t('editions.restored', { edition: edition.bodyVersion }));
      onClose();
    }
  };
  return (
    <div className={styles.article} data-testid="editions">
      <header className={styles.articleHead}>
        <h2>{t('editions.title', { title: article.title })}</h2>
        <IconButton
          label={t('editions.close')}
          icon={<IconX size={16} aria-hidden="true" />}
          onClick={onClose}
        />
      </header>
      {data && data.length === 0 ? <p className="muted">{t('editions.none')}</p> : null}
      <ul className={styles.editions}>
        {(data ?? []).map((edition) => (
          <li key={edition.id}>
            <button
              type="button"
              className={styles.shelf}
              aria-current={edition.id === chosen?.id}
              data-testid="edition"
              onClick={() => setChosenId(edition.id)}
            >
              <span className="grow">
                {t('edition', { edition: edition.bodyVersion, day: format.moment(edition.at) })}
              </span>
              <span className="small cut">{edition.byName}</span>
            </button>
          </li>
        ))}
      </ul>
      {chosen ? (
        <>
          <div className={styles.actions}>
            <Button
              size="sm"
              icon={<IconRestore size={14} aria-hidden="true" />}
              disabled={article.state === 'retired' || chosen.body === article.body}
              data-testid="edition-restore"
              onClick={() => void restore(chosen)}
            >
              {t('editions.restore', { edition: chosen.bodyVersion })}
            </Button>
          </div>
          <p className="small">{t('editions.compared', { edition: chosen.bodyVersion })}</p>
          <Compared before={chosen.body} after={article.body} />
        </>
      ) : null}
    </div>
  );
}

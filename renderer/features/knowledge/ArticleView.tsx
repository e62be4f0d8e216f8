import { IconStar, IconStarFilled, IconThumbDown, IconThumbUp } from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ArticleDetail } from '#shared/contract/methods/knowledge.ts';
import { maxLineLength } from '#shared/domain/primitives.ts';
import { useRun } from '../../app/bridge.tsx';
import { useFormat } from '../../i18n/useFormat.ts';
import { useMayDo } from '../../store/desk.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Pill } from '../../ui/Pill.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from './knowledge.module.css';

const Markdown = lazy(() => import('./Markdown.tsx').then((m) => ({ default: m.Markdown })));

function Counts({ article }: { article: ArticleDetail }) {
  const { t } = useTranslation('knowledge');
  if (article.helped + article.notHelped === 0) return null;
  return (
    <div className={styles.remarks} data-testid="article-counts">
      <p className="small">
        {t('feedback.counts', { yes: article.helped, no: article.notHelped })}
      </p>
      <ul>
        {article.remarks.map((remark, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: remarks have no name and never move
          <li key={index} className="small">
            {remark}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** "Did it help": one press; who was not helped may say what is missing. */
function Feedback({ article, callId }: { article: ArticleDetail; callId: string | null }) {
  const { t } = useTranslation('knowledge');
  const run = useRun();
  const [note, setNote] = useState('');
  const [asked, setAsked] = useState(false);
  const say = async (helped: boolean, words: string) => {
    const said = { articleId: article.id, helped, note: words, callId };
    if (await run('knowledge.feedback', said)) setAsked(!helped && words === '');
    setNote('');
  };
  return (
    <section className={styles.feedback} aria-label={t('feedback.region')}>
      <div className="row">
        <span className="small">{t('feedback.question')}</span>
        <Button
          size="sm"
          aria-pressed={article.mine === true}
          icon={<IconThumbUp size={14} aria-hidden="true" />}
          data-testid="article-helped"
          onClick={() => void say(true, '')}
        >
          {t('feedback.yes')}
        </Button>
        <Button
          size="sm"
          aria-pressed={article.mine === false}
          icon={<IconThumbDown size={14} aria-hidden="true" />}
          data-testid="article-not-helped"
          onClick={() => void say(false, '')}
        >
          {t('feedback.no')}
        </Button>
      </div>
      {asked ? (
        <form
          className="row"
          onSubmit={(event) => {
            event.preventDefault();
            if (note.trim() !== '') void say(false, note.trim());
          }}
        >
          <TextField
            aria-label={t('feedback.missing')}
            placeholder={t('feedback.missing')}
            maxLength={maxLineLength}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
          <Button size="sm" type="submit">
            {t('feedback.send')}
          </Button>
        </form>
      ) : null}
    </section>
  );
}

/** An article to read: what it says, how old that is, and whether it helped. */
export function ArticleView({
  article,
  callId,
  actions,
}: {
  article: ArticleDetail;
  callId: string | null;
  actions?: React.ReactNode;
}) {
  const { t } = useTranslation('knowledge');
  const format = useFormat();
  const run = useRun();
  const mayWrite = useMayDo('knowledge.write');
  const { id, favourite } = article;
  const [starred, setStarred] = useState(favourite);
  useEffect(() => setStarred(favourite), [favourite]);
  const star = async () => {
    const after = await run('knowledge.favourite', { articleId: id, on: !starred });
    if (after) setStarred(after.favourite);
  };
  const Star = starred ? IconStarFilled : IconStar;
  return (
    <article className={styles.article} data-testid="article" lang={article.language}>
      <header className={styles.articleHead}>
        <h2>{article.title}</h2>
        <IconButton
          label={t(starred ? 'unstar' : 'star')}
          aria-pressed={starred}
          icon={<Star size={16} aria-hidden="true" />}
          data-testid="article-star"
          onClick={() => void star()}
        />
      </header>
      <p className={styles.meta} lang={format.language}>
        {article.state === 'published' ? null : (
          <Pill tone="warn">{t(`states.${article.state}`)}</Pill>
        )}
        {article.waiting ? <Pill tone="warn">{t('common:notSent')}</Pill> : null}
        <span>{article.category || t('noCategory')}</span>
        <span>
          {t('edition', { edition: article.bodyVersion, day: format.day(article.updatedAt) })}
        </span>
        {article.updatedByName ? <span>{article.updatedByName}</span> : null}
        {article.reviewOn ? (
          <span>{t('reviewOn', { date: format.date(article.reviewOn) })}</span>
        ) : null}
      </p>
      {actions}
      <Suspense fallback={<Skeleton widths={[90, 70, 80]} />}>
        <Markdown text={article.body} />
      </Suspense>
      {article.state === 'published' ? <Feedback article={article} callId={callId} /> : null}
      {mayWrite ? <Counts article={article} /> : null}
    </article>
  );
}

import { IconArrowLeft, IconBook2, IconCornerDownLeft, IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ArticleHit } from '#shared/contract/methods/knowledge.ts';
import { useQuery } from '../../app/bridge.tsx';
import { keysOf, useShortcut } from '../../app/hotkeys.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { tell } from '../../store/window.ts';
import { Button } from '../../ui/Button.tsx';
import { cx } from '../../ui/cx.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { KeyCap } from '../../ui/KeyCap.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { ArticleView } from './ArticleView.tsx';
import styles from './knowledge.module.css';
import { Marked } from './Marked.tsx';
import { useWritten } from './writing.ts';

const shown = 4;
/** The end of a long text says what it is about now. */
const readText = 2000;
const settleMs = 250;

/** The newest value once it has rested for a moment, so that not every letter asks. */
function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), settleMs);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

function useHits(typed: string, queueId: string | null) {
  const { language } = useFormat();
  const written = useWritten();
  const text = useSettled((written?.text ?? '').slice(-readText));
  const searching = typed.trim() !== '';
  const suggested = useQuery(
    'knowledge.suggest',
    searching
      ? null
      : {
          ticketCategoryId: written?.ticketCategoryId ?? null,
          queueId: written?.queueId ?? queueId,
          text,
          language,
          limit: shown,
        },
    ['article'],
  );
  const found = useQuery('knowledge.search', searching ? { text: typed, limit: 8 } : null, [
    'article',
  ]);
  const last = useRef<ArticleHit[]>([]);
  const hits = (searching ? found.data : suggested.data) ?? last.current;
  last.current = hits;
  return { hits, searching, written };
}

function Open({
  articleId,
  callId,
  onBack,
}: {
  articleId: string;
  callId: string | null;
  onBack: () => void;
}) {
  const { t } = useTranslation('knowledge');
  const { data } = useQuery('knowledge.get', { articleId }, ['article', 'articleFeedback']);
  const back = useRef<HTMLButtonElement>(null);
  useEffect(() => back.current?.focus(), []);
  return (
    <section
      aria-label={t('reading')}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onBack();
      }}
    >
      <Button
        ref={back}
        size="sm"
        variant="ghost"
        icon={<IconArrowLeft size={14} aria-hidden="true" />}
        onClick={onBack}
      >
        {t('back')}
      </Button>
      {data ? <ArticleView article={data} callId={callId} /> : null}
    </section>
  );
}

/** Articles beside a call: what fits the work at hand, or what is searched for; one key puts a reference into the text. */
export function Suggestions({
  callId,
  queueId,
}: {
  callId: string | null;
  queueId: string | null;
}) {
  const { t } = useTranslation('knowledge');
  const [typed, setTyped] = useState('');
  const [openId, setOpenId] = useState<string | null>(null);
  const [chosen, setChosen] = useState(0);
  const box = useRef<HTMLInputElement>(null);
  const { hits, searching, written } = useHits(typed, queueId);
  const at = Math.min(chosen, Math.max(0, hits.length - 1));
  const insert = (hit: ArticleHit | undefined) => {
    if (!written || !hit) return;
    written.insert(t('reference', { title: hit.title }));
    tell(t('inserted', { title: hit.title }));
  };
  const marked = hits.find(({ id }) => id === openId) ?? hits[at];
  useShortcut('work.knowledge', () => {
    setOpenId(null);
    box.current?.focus();
    box.current?.select();
  });
  useShortcut('work.insertArticle', () => insert(marked), written !== null && marked !== undefined);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === 'ArrowDown') setChosen(Math.min(at + 1, hits.length - 1));
    else if (event.key === 'ArrowUp') setChosen(Math.max(at - 1, 0));
    else if (event.key === 'Enter' && hits[at]) setOpenId(hits[at].id);
    else if (event.key === 'Escape' && typed !== '') setTyped('');
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <section className={styles.block} aria-label={t('help.region')} data-testid="suggestions">
      <SectionHead
        icon={<IconBook2 size={16} aria-hidden="true" />}
        title={t('help.title')}
        action={<KeyCap keys={keysOf('work.knowledge')} />}
      />
      {openId === null ? (
        <>
          <TextField
            ref={box}
            role="combobox"
            aria-expanded={hits.length > 0}
            aria-label={t('help.search')}
            placeholder={t('help.search')}
            data-testid="suggestion-search"
            lead={<IconSearch size={16} className="muted" aria-hidden="true" />}
            value={typed}
            onKeyDown={onKeyDown}
            onChange={(event) => {
              setTyped(event.target.value);
              setChosen(0);
            }}
          />
          {hits.length === 0 ? (
            <p className={cx('small', styles.hint)}>
              {t(searching ? 'help.noHit' : 'help.nothing')}
            </p>
          ) : null}
          <ul className={styles.hits}>
            {hits.map((hit, index) => (
              <li key={hit.id} className={styles.hit} data-at={index === at}>
                <button
                  type="button"
                  className={styles.hitOpen}
                  data-testid="suggestion"
                  lang={hit.language}
                  onClick={() => setOpenId(hit.id)}
                >
                  <span className={styles.hitTitle}>
                    <Marked parts={hit.titleParts} />
                  </span>
                  <span className={styles.hitText}>
                    <Marked parts={hit.snippet} />
                  </span>
                </button>
                {written && index === at ? <KeyCap keys={keysOf('work.insertArticle')} /> : null}
                {written ? (
                  <IconButton
                    label={t('insert', { title: hit.title })}
                    keys={index === at ? keysOf('work.insertArticle') : undefined}
                    icon={<IconCornerDownLeft size={14} aria-hidden="true" />}
                    onClick={() => insert(hit)}
                  />
                ) : null}
              </li>
            ))}
          </ul>
        </>
      ) : (
        <Open
          articleId={openId}
          callId={callId}
          onBack={() => {
            setOpenId(null);
            requestAnimationFrame(() => box.current?.focus());
          }}
        />
      )}
    </section>
  );
}

import { IconPlayerPlay } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '#shared/result.ts';
import type { ImportPreview, ImportView, ImportWishes } from '#shared/sync/importing.ts';
import { useInvoke, useQuery } from '../../app/bridge.tsx';
import { useFormat } from '../../i18n/useFormat.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { ListFailed } from '../tickets/ListStates.tsx';
import { ColumnTable } from './ColumnTable.tsx';
import { FormatBox } from './FormatBox.tsx';
import styles from './importing.module.css';
import { useFieldName, useFileFailure, useTransferFailure } from './words.ts';

/** What decides which columns there are; columns chosen before mean nothing afterwards. */
const shaping: readonly (keyof ImportWishes)[] = ['encoding', 'delimiter', 'quote', 'sheet'];

function changed(now: ImportWishes, more: ImportWishes): ImportWishes {
  const { columns, ...rest } = { ...now, ...more };
  const isShaped = shaping.some((setting) => setting in more);
  return columns === undefined || isShaped ? rest : { ...rest, columns };
}

/** The preview with what was chosen since, until it is looked at anew. */
function withWishes(preview: ImportPreview, { columns, ...wishes }: ImportWishes): ImportPreview {
  const fits = columns?.length === preview.settings.columns.length;
  const settings = Object.assign({}, preview.settings, wishes, fits ? { columns } : {});
  return { ...preview, settings };
}

function firstFree(table: HTMLElement | null): HTMLElement | null {
  const free = table?.querySelector<HTMLElement>('select[data-ignored="true"]');
  return free ?? table?.querySelector<HTMLElement>('select') ?? null;
}

/** What is detected and proposed, changed at will; looked at anew after each change. */
export function ImportSettings({
  view,
  reload,
  onRefused,
  aside,
  question,
}: {
  view: ImportView;
  reload: () => void;
  onRefused: (failure: Failure | null) => void;
  aside: ReactNode;
  question: ReactNode;
}) {
  const { t } = useTranslation(['importing', 'common']);
  const format = useFormat();
  const { language } = format;
  const invoke = useInvoke();
  const failureText = useTransferFailure();
  const fileFailure = useFileFailure();
  const importId = view.id;
  const table = useRef<HTMLDivElement>(null);
  const [wishes, setWishes] = useState<ImportWishes>(view.settings ?? {});
  const asked = useQuery('importing.preview', { importId, wishes, language });
  const [seen, setSeen] = useState(asked.data);
  useEffect(() => {
    if (asked.data) setSeen(asked.data);
  }, [asked.data]);
  const fieldName = useFieldName(view.kind, seen?.fields ?? []);

  if (!seen) {
    if (!asked.failure) return <Skeleton widths={[60, 70, 70, 70]} />;
    const { failure, reload: again } = asked;
    return <ListFailed title={t('previewFailed')} failure={failure} onAgain={again} />;
  }
  const preview = withWishes(seen, wishes);
  const change = (more: ImportWishes) => setWishes((now) => changed(now, more));
  const start = async (name: 'importing.check' | 'importing.run') => {
    if (preview.missing.length > 0) {
      return firstFree(table.current)?.focus();
    }
    const done = await invoke(name, { importId, settings: seen.settings });
    onRefused(done.ok ? null : done.error);
    reload();
  };
  const ready = preview.failure === null && !asked.loading && asked.failure === null;
  return (
    <>
      {asked.failure ? (
        <Banner
          tone="error"
          title={t('previewFailed')}
          text={failureText(asked.failure)}
          actions={
            <Button size="sm" onClick={asked.reload}>
              {t('common:actions.retry')}
            </Button>
          }
        />
      ) : null}
      {preview.failure ? <Banner tone="error" title={fileFailure(preview.failure)} /> : null}
      {preview.missing.length > 0 && !preview.failure ? (
        <Banner
          title={t('columns.missing', { fields: format.list(preview.missing.map(fieldName)) })}
        />
      ) : null}
      <FormatBox kind={view.kind} preview={preview} onChange={change} />
      <div ref={table}>
        <ColumnTable preview={preview} fieldName={fieldName} onChange={change} />
      </div>
      <div className={styles.foot}>
        <Button
          variant={view.state === 'checked' ? 'default' : 'solid'}
          disabled={!ready}
          data-testid="import-check"
          onClick={() => void start('importing.check')}
        >
          {t('actions.check')}
        </Button>
        <Button
          variant={view.state === 'checked' ? 'solid' : 'default'}
          icon={<IconPlayerPlay size={16} aria-hidden="true" />}
          disabled={!ready}
          data-testid="import-run"
          onClick={() => void start('importing.run')}
        >
          {t('actions.run')}
        </Button>
        <span className="grow" />
        {aside}
        {question}
      </div>
    </>
  );
}

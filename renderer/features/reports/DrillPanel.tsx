import { IconExternalLink, IconX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReportRequest } from '#shared/domain/reports/request.ts';
import type { Failure } from '#shared/result.ts';
import type { DrillPage, ReportLink } from '#shared/sync/reports.ts';
import { useInvoke } from '../../app/bridge.tsx';
import { hrefOf } from '../../app/routes.ts';
import { useFailureText } from '../../i18n/useFailureText.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { Table } from '../../ui/Table.tsx';
import { gridStop, useGridKeys } from '../../ui/useGridKeys.ts';
import { useSidePanel } from '../../ui/useSidePanel.ts';
import { journalIdOfRef } from '../journal/JournalPage.tsx';
import { openJournal } from '../journal/journalFilter.ts';
import { type Looked, useColumnName } from './ReportTable.tsx';
import styles from './reports.module.css';
import { cellText, type Wording } from './reportText.ts';

const pageRows = 100;
/** More than that the journal is not asked for by name. */
const mostRefs = 1_000;

interface Found {
  page: DrillPage | null;
  failure: Failure | null;
}

/** What is behind a number, page by page. */
export function DrillPanel({
  request,
  looked,
  wording,
  onClose,
}: {
  request: ReportRequest;
  looked: Looked;
  wording: Wording;
  onClose: () => void;
}) {
  const { t } = useTranslation(['reports', 'common']);
  const failureText = useFailureText();
  const invoke = useInvoke();
  const [{ page, failure }, setFound] = useState<Found>({ page: null, failure: null });
  const { title, ...place } = looked;
  const key = JSON.stringify([request, place]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for request and place
  useEffect(() => {
    let wanted = true;
    setFound({ page: null, failure: null });
    void invoke('reports.drillDown', { request, ...place, after: null, limit: pageRows }).then(
      (result) => {
        if (!wanted) return;
        setFound(
          result.ok ? { page: result.value, failure: null } : { page: null, failure: result.error },
        );
      },
    );
    return () => {
      wanted = false;
    };
  }, [invoke, key]);

  const { panel, close } = useSidePanel(onClose);

  async function readOn(): Promise<void> {
    if (!page?.next) return;
    const wish = { request, ...place, after: page.next, limit: pageRows };
    const result = await invoke('reports.drillDown', wish);
    setFound(
      result.ok
        ? { page: { ...result.value, rows: [...page.rows, ...result.value.rows] }, failure: null }
        : { page, failure: result.error },
    );
  }

  return (
    <section className={styles.drill} aria-label={title} data-testid="drill" {...panel}>
      <header className={styles.drillHead}>
        <h2 className="cut grow" title={title}>
          {title}
        </h2>
        {page ? <InJournal page={page} /> : null}
        <IconButton
          label={t('common:actions.close')}
          icon={<IconX size={16} aria-hidden="true" />}
          onClick={close}
        />
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by key */}
      <div className="scroll grow" tabIndex={0}>
        {page || failure ? null : (
          <div className={styles.loading}>
            <Skeleton widths={[80, 60, 70]} />
          </div>
        )}
        {failure ? (
          <p className={styles.problem} role="alert">
            {failureText(failure)}
          </p>
        ) : null}
        {page?.rows.length === 0 ? <p className={styles.nothing}>{t('nothingBehind')}</p> : null}
        {page && page.rows.length > 0 ? (
          <div className={styles.drillRows}>
            <Rows page={page} named={place.group ? request.groupBy : null} wording={wording} />
          </div>
        ) : null}
        {page?.next ? (
          <p className={styles.more}>
            <Button size="sm" onClick={() => void readOn()}>
              {t('common:actions.loadMore')}
            </Button>
          </p>
        ) : null}
      </div>
    </section>
  );
}

function refsOf(page: DrillPage): string[] {
  const refs = page.rows.flatMap(({ link }) => (link?.kind === 'call' ? [link.callRef] : []));
  return [...new Set(refs)].slice(0, mostRefs);
}

/** The calls that are listed, in the journal. */
function InJournal({ page }: { page: DrillPage }) {
  const { t } = useTranslation('reports');
  const refs = refsOf(page);
  if (refs.length === 0) return null;
  return (
    <Button
      size="sm"
      icon={<IconExternalLink size={14} aria-hidden="true" />}
      data-testid="drill-journal"
      onClick={() => openJournal({ callRefs: refs }, { span: { from: 0, to: 8e15 } })}
    >
      {t('inJournal')}
    </Button>
  );
}

function hrefOfLink(link: ReportLink | null): string | null {
  if (link?.kind === 'call') return hrefOf('journal', journalIdOfRef(link.callRef));
  if (link?.kind === 'ticket') return hrefOf('tickets', link.ticketId);
  return null;
}

/** `named`: the group that all rows are of, which the title names already. */
function Rows({
  page,
  named,
  wording,
}: {
  page: DrillPage;
  named: string | null;
  wording: Wording;
}) {
  const nameOf = useColumnName();
  const grid = useGridKeys();
  const columns = page.columns
    .map((column, place) => ({ ...column, place }))
    .filter(({ id }) => id !== named);
  return (
    <Table {...grid} className={styles.list ?? ''}>
      <thead>
        <tr>
          {columns.map(({ id, type }) => (
            <th key={id} scope="col" data-number={type === 'duration' || undefined}>
              {nameOf(id)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {page.rows.map((row, index) => {
          const href = hrefOfLink(row.link);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: pages are only added at the end
            <tr key={index} data-testid="drill-row">
              {columns.map(({ id, type, place }, at) => {
                const text = cellText(row.cells[place], type, wording);
                return (
                  <td key={id} title={text} data-number={type === 'duration' || undefined}>
                    {at === 0 && href ? (
                      <a {...gridStop} href={href}>
                        {text}
                      </a>
                    ) : (
                      text
                    )}
                  </td>
                );
              })}
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}

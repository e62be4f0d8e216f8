import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from '../../app/bridge.tsx';
import { goTo, useRoute } from '../../app/routes.ts';
import { useMayDo } from '../../store/desk.ts';
import { Page } from '../../ui/Page.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { ExportForm } from './ExportForm.tsx';
import { FileDrop } from './FileDrop.tsx';
import { ImportList } from './ImportList.tsx';
import { ImportPanel } from './ImportPanel.tsx';
import styles from './importing.module.css';
import { useFocusKept } from './useFocusKept.ts';
import { useFollowed } from './useFollowed.ts';

const exporting = 'export';

/** Records from files and into files; all of it is the server's. */
export function ImportingPage() {
  const { t } = useTranslation('importing');
  const { id } = useRoute();
  const mayImport = useMayDo('data.import');
  const mayExport = useMayDo('data.export');
  const isExport = !mayImport || id === exporting;
  const selectedId = isExport ? null : id;
  // Asked anew whenever the list is on the screen again.
  const imports = useQuery('importing.list', isExport || selectedId !== null ? null : {});
  const { reload } = imports;
  const open = useCallback((importId: string) => goTo('importing', importId), []);
  const busy = imports.data?.some(({ state }) => state === 'running' || state === 'checking');
  useFollowed(busy === true && selectedId === null, reload);
  const title = useFocusKept<HTMLHeadingElement>(selectedId === null ? 'list' : null);
  return (
    <Page
      testId="importing-page"
      label={t('title')}
      titleRef={title}
      head={
        mayImport && mayExport ? (
          <Segmented
            label={t('tabs.label')}
            value={isExport ? 'export' : 'import'}
            options={(['import', 'export'] as const).map((tab) => ({
              value: tab,
              label: t(`tabs.${tab}`),
            }))}
            onChange={(tab) => goTo('importing', tab === 'export' ? exporting : null)}
          />
        ) : null
      }
      flush
    >
      <div className={`scroll ${styles.body}`}>
        {isExport ? <ExportForm /> : null}
        {!isExport && selectedId === null ? (
          <>
            <FileDrop onDone={open} />
            <ImportList imports={imports} />
          </>
        ) : null}
        {selectedId === null ? null : (
          <ImportPanel key={selectedId} importId={selectedId} onGone={() => goTo('importing')} />
        )}
      </div>
    </Page>
  );
}

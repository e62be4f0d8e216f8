import { IconDownload } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { type ExportFormat, exportFormats } from '#shared/sync/importing.ts';
import { useInvoke } from '../../app/bridge.tsx';
import { useFormat } from '../../i18n/useFormat.ts';
import { useDesk, useMayDo } from '../../store/desk.ts';
import { tellFailure } from '../../store/window.ts';
import { Button } from '../../ui/Button.tsx';
import { useDownload } from '../importing/useDownload.ts';

/** The whole register as a file, which the server makes. */
export function ExportRegister() {
  const { t } = useTranslation('complaints');
  const { language } = useFormat();
  const invoke = useInvoke();
  const mayExport = useMayDo('data.export');
  const offline = useDesk((desk) => desk.sync.state === 'offline');
  const { going, failure, start } = useDownload();
  useEffect(() => {
    if (failure) tellFailure(failure);
  }, [failure]);
  if (!mayExport) return null;
  const save = (format: ExportFormat) => {
    const wish = {
      kind: 'complaints' as const,
      format,
      bom: true,
      delimiter: ',' as const,
      language,
    };
    void start(invoke('exporting.open', wish), `${t('title')}.${format}`);
  };
  return exportFormats.map((format) => (
    <Button
      key={format}
      icon={<IconDownload size={16} aria-hidden="true" />}
      aria-label={t('exportAs', { format: format.toUpperCase() })}
      disabled={offline || going}
      title={offline ? t('exportOffline') : undefined}
      data-testid={`complaints-export-${format}`}
      onClick={() => save(format)}
    >
      {format.toUpperCase()}
    </Button>
  ));
}

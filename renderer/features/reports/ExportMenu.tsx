import { Menu } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReportRequest } from '#shared/domain/reports/request.ts';
import { type ReportFormat, reportFormats } from '#shared/domain/reports/savedReport.ts';
import { useInvoke } from '../../app/bridge.tsx';
import { useDesk } from '../../store/desk.ts';
import { tellFailure } from '../../store/window.ts';
import { Button } from '../../ui/Button.tsx';
import { useDownload } from '../importing/useDownload.ts';

/** The whole report as a file, which the centre makes. */
export function ExportMenu({ request }: { request: ReportRequest }) {
  const { t } = useTranslation(['reports', 'reportCatalogue']);
  const invoke = useInvoke();
  const offline = useDesk((desk) => desk.sync.state === 'offline');
  const { going, failure, start } = useDownload();
  useEffect(() => {
    if (failure) tellFailure(failure);
  }, [failure]);
  const save = (format: ReportFormat) => {
    const name = t(`reportCatalogue:report.${request.report}`);
    void start(invoke('reports.export', { request, format }), `${name}.${format}`);
  };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          icon={<IconDownload size={16} aria-hidden="true" />}
          disabled={offline || going}
          title={offline ? t('exportOffline') : undefined}
          aria-busy={going}
          data-testid="report-export"
        >
          {t(going ? 'exporting' : 'export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {reportFormats.map((format) => (
          <Menu.Item
            key={format}
            data-testid={`report-export-${format}`}
            onClick={() => save(format)}
          >
            {t(`format.${format}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

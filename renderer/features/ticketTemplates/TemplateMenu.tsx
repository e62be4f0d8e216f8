import { Menu } from '@mantine/core';
import { IconTemplate } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutputOf } from '#shared/contract/contract.ts';
import type { TemplateView } from '#shared/contract/methods/tickets.ts';
import { useQuery, useRun } from '../../app/bridge.tsx';
import { useMayDo } from '../../store/desk.ts';
import { Button } from '../../ui/Button.tsx';
import { TemplatesDialog } from './TemplatesDialog.tsx';

/** Texts to start from, filled in with what is known of the ticket or the customer. */
export function TemplateMenu({
  kind,
  ticketId,
  customerId,
  onFilled,
}: {
  kind: TemplateView['kind'];
  ticketId: string | null;
  customerId: string | null;
  onFilled: (filled: OutputOf<'ticketTemplates.fill'>, template: TemplateView) => void;
}) {
  const { t } = useTranslation('ticketPage');
  const run = useRun();
  const mayManage = useMayDo('tickets.manage');
  const [managing, setManaging] = useState(false);
  const { data } = useQuery('ticketTemplates.list', { retired: false }, ['ticketTemplate']);
  const templates = (data ?? []).filter((one) => one.kind === kind);
  if (templates.length === 0 && !mayManage) return null;

  const take = async (template: TemplateView) => {
    const filled = await run('ticketTemplates.fill', { id: template.id, ticketId, customerId });
    if (filled) onFilled(filled, template);
  };
  return (
    <>
      <Menu position="bottom-end" width={280}>
        <Menu.Target>
          <Button
            size="sm"
            variant="ghost"
            icon={<IconTemplate size={14} aria-hidden="true" />}
            data-testid={`templates-${kind}`}
          >
            {t('templates.open')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {templates.map((template) => (
            <Menu.Item
              key={template.id}
              data-testid="template-choice"
              onClick={() => void take(template)}
            >
              {template.name}
            </Menu.Item>
          ))}
          {templates.length === 0 ? <Menu.Label>{t('templates.none')}</Menu.Label> : null}
          {mayManage ? (
            <>
              <Menu.Divider />
              <Menu.Item data-testid="templates-manage" onClick={() => setManaging(true)}>
                {t('templates.manage')}
              </Menu.Item>
            </>
          ) : null}
        </Menu.Dropdown>
      </Menu>
      <TemplatesDialog kind={kind} opened={managing} onClose={() => setManaging(false)} />
    </>
  );
}

import { IconChecklist } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from '../../app/bridge.tsx';
import { WrapUpBacklog } from '../../app/features.ts';
import { keysOf, useShortcut } from '../../app/hotkeys.ts';
import { Button } from '../../ui/Button.tsx';
import { Pill } from '../../ui/Pill.tsx';

/**
 * Opens the calls that wait for their wrap-up, with their number. `callId`: the one being wrapped up
 * now, which does not count; without it the button is there only while something waits.
 */
export function BacklogButton({ callId, size }: { callId: string | null; size: 'lg' | 'xl' }) {
  const { t } = useTranslation('callBar');
  const [opened, setOpened] = useState(false);
  const backlog = useQuery('wrapUps.backlog', {}, ['wrapUp', 'call']);
  const waiting = backlog.data?.filter((one) => one.callId !== callId).length ?? 0;
  const open = () => setOpened(true);
  useShortcut('agent.backlog', open);
  return (
    <>
      {callId !== null || waiting > 0 ? (
        <Button
          size={size}
          icon={<IconChecklist size={18} aria-hidden="true" />}
          keys={keysOf('agent.backlog')}
          data-testid="open-backlog"
          onClick={open}
        >
          {t('wrapUp.backlog')}
          {waiting > 0 ? <Pill tone="warn">{waiting}</Pill> : null}
        </Button>
      ) : null}
      {opened ? <WrapUpBacklog opened onClose={() => setOpened(false)} /> : null}
    </>
  );
}

import { IconLifebuoy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useQuery, useRun } from '../../app/bridge.tsx';
import { keysOf, useShortcut } from '../../app/hotkeys.ts';
import { useDesk, useMayDo } from '../../store/desk.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Timer } from '../../ui/Timer.tsx';

/** Who takes calls and is no supervisor asks supervisors. */
function useMayAskForHelp(): boolean {
  const takesCalls = useMayDo('calls.take');
  const answers = useMayDo('messages.send');
  return takesCalls && !answers;
}

/** One click asks for help, as the key does. */
export function HelpButton() {
  const { t } = useTranslation('intervention');
  const run = useRun();
  const may = useMayAskForHelp();
  if (!may) return null;
  return (
    <IconButton
      label={t('help.mineAsk')}
      keys={keysOf('work.help')}
      icon={<IconLifebuoy size={16} aria-hidden="true" />}
      data-testid="help-ask"
      onClick={() => void run('help.ask', { note: '' })}
    />
  );
}

/** The own request: whether somebody comes, and who. The key that makes one lives here. */
export function OwnHelp() {
  const { t } = useTranslation('intervention');
  const run = useRun();
  const may = useMayAskForHelp();
  const offline = useDesk((desk) => desk.sync.state === 'offline');
  useShortcut('work.help', () => void run('help.ask', { note: '' }), may);
  const request = useQuery('help.mine', may ? {} : null, ['helpRequest']).data?.request;
  if (!request) return null;
  const { state, answer, answeredByName, askedAt } = request;
  const answered = state === 'answered' && answer !== null;
  return (
    <div data-testid="own-help" data-state={state}>
      <Banner
        tone={answered ? 'ok' : 'warn'}
        icon={<IconLifebuoy size={16} aria-hidden="true" />}
        title={
          answered
            ? t('help.mineAnswered', { name: answeredByName, how: t(`help.comes.${answer}`) })
            : t('help.mineOpen')
        }
        text={offline && !answered ? t('help.mineWaiting') : <Timer since={askedAt} />}
        actions={
          <Button
            size="sm"
            data-testid="help-withdraw"
            onClick={() => void run('help.withdraw', {})}
          >
            {answered ? t('help.finish') : t('help.withdraw')}
          </Button>
        }
      />
    </div>
  );
}

import { IconUserShield } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useQuery, useRun } from '../../app/bridge.tsx';
import { useFormat } from '../../i18n/useFormat.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { isDone, useDoneSubject } from './doneWords.ts';

const looked = 50;

/** Who set this user's state, or did the like: it stands until it was seen. */
export function DoneBanner() {
  const { t } = useTranslation('intervention');
  const format = useFormat();
  const run = useRun();
  const subjectOf = useDoneSubject();
  const { data } = useQuery('notifications.list', { limit: looked }, ['notification']);
  const unseen = (data?.entries ?? []).filter(({ readAt }) => readAt === null).filter(isDone);
  const [first] = unseen;
  if (!first) return null;
  const subject = subjectOf(first);
  const name = first.byName ?? '';
  const words = {
    'team.stateSet': () => t('done.stateSet', { name, state: subject }),
    'team.queuesChanged': () => t('done.queuesChanged', { name, queues: subject }),
    'team.signedOut': () => t('done.signedOut', { name }),
  };
  return (
    <div data-testid="done-banner">
      <Banner
        tone="warn"
        icon={<IconUserShield size={16} aria-hidden="true" />}
        title={words[first.kind]()}
        text={format.moment(first.at)}
        actions={
          <Button
            size="sm"
            data-testid="done-seen"
            onClick={() => void run('notifications.read', { ids: unseen.map(({ id }) => id) })}
          >
            {t('done.seen')}
          </Button>
        }
      />
    </div>
  );
}

import { IconAlertTriangle, IconBell, IconPhoneCall, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Notice } from '#shared/contract/models/desk.ts';
import { useRun } from '../../app/bridge.tsx';
import { keysOf } from '../../app/hotkeys.ts';
import { goTo } from '../../app/routes.ts';
import { useDial } from '../../app/useDial.ts';
import { useFailureText } from '../../i18n/useFailureText.ts';
import { useTakesCalls } from '../../store/desk.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import styles from './CallBar.module.css';
import { noticedCall } from './useRedial.ts';

/** What went wrong last, such as a busy line or a call lost, until it is dismissed or dialled again. */
export function LastNotice({ notice }: { notice: Notice }) {
  const { t } = useTranslation('callBar');
  const failureText = useFailureText();
  const run = useRun();
  const dial = useDial();
  const mayCall = useTakesCalls();
  const about = noticedCall(notice);
  const isNews = notice.level === 'info';
  const Icon = isNews ? IconBell : IconAlertTriangle;
  const taskId = notice.failure.code === 'task-due' ? notice.failure.details?.taskId : null;
  return (
    <div className={styles.trouble} role={isNews ? 'status' : 'alert'} data-level={notice.level}>
      <Icon size={16} aria-hidden="true" />
      <span className={styles.lines}>
        <p>
          {about ? `${about.shown} · ` : ''}
          {failureText(notice.failure)}
        </p>
      </span>
      {about && mayCall ? (
        <Button
          size="sm"
          icon={<IconPhoneCall size={14} aria-hidden="true" />}
          keys={keysOf('call.redial')}
          data-testid="redial"
          onClick={() => void dial(about.number, about.customerId)}
        >
          {t('redial')}
        </Button>
      ) : null}
      {typeof taskId === 'string' ? (
        <Button size="sm" data-testid="open-due-task" onClick={() => goTo('tasks', taskId)}>
          {t('common:actions.open')}
        </Button>
      ) : null}
      <IconButton
        label={t('common:actions.dismiss')}
        icon={<IconX size={14} aria-hidden="true" />}
        onClick={() => void run('notices.dismiss', { id: notice.id })}
      />
    </div>
  );
}

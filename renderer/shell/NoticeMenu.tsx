import { Popover } from '@mantine/core';
import {
  IconAlertTriangle,
  IconBell,
  IconInfoCircle,
  IconPhoneCall,
  IconX,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Notice } from '#shared/contract/models/desk.ts';
import { useRun } from '../app/bridge.tsx';
import { goTo } from '../app/routes.ts';
import { useDial } from '../app/useDial.ts';
import { noticedCall } from '../features/callBar/useRedial.ts';
import { useFailureText } from '../i18n/useFailureText.ts';
import { useNotices, useTakesCalls } from '../store/desk.ts';
import { Button } from '../ui/Button.tsx';
import { cx } from '../ui/cx.ts';
import { IconButton } from '../ui/IconButton.tsx';
import styles from './NoticeMenu.module.css';
import { ToldList, useTold } from './ToldList.tsx';

/** A larger number does not fit on the bell. */
const mostShown = 99;

function NoticeLine({ notice }: { notice: Notice }) {
  const { t } = useTranslation('common');
  const failureText = useFailureText();
  const run = useRun();
  const dial = useDial();
  const mayCall = useTakesCalls();
  const about = noticedCall(notice);
  const taskId = notice.failure.code === 'task-due' ? notice.failure.details?.taskId : null;
  const Icon = notice.level === 'info' ? IconInfoCircle : IconAlertTriangle;
  return (
    <li className={styles.line} data-testid="notice">
      <span className={styles[notice.level]}>
        <Icon size={16} aria-hidden="true" />
      </span>
      <span className="grow">
        {failureText(notice.failure)}
        {about ? <span className="small"> {about.shown}</span> : null}
      </span>
      {about && mayCall ? (
        <Button
          size="sm"
          icon={<IconPhoneCall size={14} aria-hidden="true" />}
          onClick={() => void dial(about.number, about.customerId)}
        >
          {t('callBar:redial')}
        </Button>
      ) : null}
      {typeof taskId === 'string' ? (
        <Button size="sm" data-testid="notice-open" onClick={() => goTo('tasks', taskId)}>
          {t('actions.open')}
        </Button>
      ) : null}
      <IconButton
        label={t('actions.dismiss')}
        icon={<IconX size={14} aria-hidden="true" />}
        onClick={() => void run('notices.dismiss', { id: notice.id })}
      />
    </li>
  );
}

/** What the desk has to tell that belongs to no form; each stays until dismissed or mended. */
export function NoticeMenu() {
  const { t } = useTranslation('shell');
  const notices = useNotices();
  const { unread, entries } = useTold();
  const count = notices.length + unread;
  const [opened, setOpened] = useState(false);
  const worst = notices.some((notice) => notice.level === 'error') ? 'error' : 'warning';
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" width={360} trapFocus>
      <Popover.Target>
        <IconButton
          label={t('notices.open', { count })}
          data-testid="notices"
          aria-expanded={opened}
          onClick={() => setOpened(!opened)}
          icon={
            <span className={styles.bell}>
              <IconBell size={16} aria-hidden="true" />
              {count > 0 ? (
                <span className={cx(styles.count, styles[`${worst}Count`])}>
                  {count > mostShown ? `${mostShown}+` : count}
                </span>
              ) : null}
            </span>
          }
        />
      </Popover.Target>
      <Popover.Dropdown aria-label={t('notices.title')}>
        {notices.length + entries.length === 0 ? (
          <p className={styles.none}>{t('notices.none')}</p>
        ) : null}
        <ul>
          {notices.map((notice) => (
            <NoticeLine key={notice.id} notice={notice} />
          ))}
        </ul>
        <ToldList entries={entries} unread={unread} onLeave={() => setOpened(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}

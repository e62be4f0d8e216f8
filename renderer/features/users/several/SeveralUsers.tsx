import { IconCopy, IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { UserAccount } from '#shared/sync/users.ts';
import { useInvoke } from '../../../app/bridge.tsx';
import { useFormat } from '../../../i18n/useFormat.ts';
import { useDesk } from '../../../store/desk.ts';
import { tell } from '../../../store/window.ts';
import { Button } from '../../../ui/Button.tsx';
import { toUsers } from '../usersRoute.ts';
import { csvOf, passwordLines, tabsOf } from './passwordFile.ts';
import { SeveralInput } from './SeveralInput.tsx';
import { SeveralTable } from './SeveralTable.tsx';
import styles from './several.module.css';
import {
  forgetSeveral,
  isRight,
  makeSeveral,
  type Several,
  stopSeveral,
  useSeveral,
} from './severalStore.ts';

/** Several people at once: a table, a look at what is wrong in it, and those who are right are made. */
export function SeveralUsers({ people }: { people: readonly UserAccount[] }) {
  const userId = useDesk((desk) => desk.session.user?.id ?? null);
  const several = useSeveral(userId);
  if (!several) return <SeveralInput people={people} />;
  return (
    <>
      <SeveralHead several={several} />
      <SeveralTable rows={several.rows} />
    </>
  );
}

function SeveralHead({ several: { rows, unread, state } }: { several: Several }) {
  const { t } = useTranslation('users');
  const format = useFormat();
  const invoke = useInvoke();
  const right = rows.filter(isRight).length;
  const made = rows.filter(({ password }) => password !== null).length;
  const words =
    state === 'looked'
      ? t('several.found', { right, wrong: rows.length - right })
      : t(`several.progress.${state}`, { made, right });
  const lines = () =>
    passwordLines(rows, [t('several.columns.login'), t('several.columns.name'), t('several.once')]);
  const go = () => void makeSeveral((draft) => invoke('users.create', draft));
  return (
    <div className={styles.head}>
      <p className="medium" role="status" data-testid="several-state" data-state={state}>
        {words}
      </p>
      {unread.length > 0 ? (
        <p className="small tone-warn" data-testid="several-unread">
          {t('several.unread', { count: unread.length, columns: format.list(unread) })}
        </p>
      ) : null}
      {made > 0 ? <p className="small">{t('several.handOver')}</p> : null}
      <div className={styles.actions}>
        {state === 'looked' || state === 'stopped' ? (
          <Button variant="solid" disabled={right === made} data-testid="several-make" onClick={go}>
            {t(state === 'looked' ? 'several.make' : 'several.goOn', { count: right - made })}
          </Button>
        ) : null}
        {state === 'going' ? (
          <Button data-testid="several-stop" onClick={stopSeveral}>
            {t('several.stop')}
          </Button>
        ) : null}
        {made > 0 ? (
          <>
            <Button
              icon={<IconCopy size={16} aria-hidden="true" />}
              data-testid="several-copy"
              onClick={() =>
                tell(t(copied(tabsOf(lines())) ? 'several.copied' : 'several.notCopied'))
              }
            >
              {t('several.copy')}
            </Button>
            <Button
              icon={<IconDownload size={16} aria-hidden="true" />}
              data-testid="several-save"
              onClick={() => save(csvOf(lines()), `${t('several.fileName')}.csv`)}
            >
              {t('several.save')}
            </Button>
          </>
        ) : null}
        <span className="grow" />
        {state === 'going' ? null : (
          <Button
            variant={state === 'done' ? 'solid' : 'ghost'}
            data-testid="several-leave"
            onClick={() => {
              forgetSeveral();
              if (made > 0) toUsers();
            }}
          >
            {t(made > 0 ? 'several.stored' : 'several.back')}
          </Button>
        )}
      </div>
    </div>
  );
}

/** Unlike the clipboard's own interface it needs no permission, which neither shell gives to pages. */
function copied(text: string): boolean {
  const put = (event: ClipboardEvent) => {
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
  };
  document.addEventListener('copy', put, { once: true });
  const done = document.execCommand('copy');
  document.removeEventListener('copy', put);
  return done;
}

function save(text: string, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
  link.download = name;
  link.click();
  // The browser reads it after the click.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

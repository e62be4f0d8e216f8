import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { AlertWatch } from '../app/features.ts';
import { useShortcut } from '../app/hotkeys.ts';
import { Part } from '../app/Part.tsx';
import { maySeePage, pageTable } from '../app/pageTable.ts';
import { goTo, type Page, useRoute } from '../app/routes.ts';
import { CallBar } from '../features/callBar/CallBar.tsx';
import { DeskPage } from '../features/desk/DeskPage.tsx';
import { useFollowCall } from '../features/desk/followCall.ts';
import { AttentionBar } from '../features/intervention/AttentionBar.tsx';
import { ChangePassword } from '../features/users/ChangePassword.tsx';
import { useDesk, useMayDo } from '../store/desk.ts';
import { openDialog, useWindow } from '../store/window.ts';
import { focusRest } from '../ui/focus.ts';
import { DialAsked } from './DialAsked.tsx';
import { DialConsent } from './DialConsent.tsx';
import { KeyboardMap } from './KeyboardMap.tsx';
import { pageId } from './Omnibox.tsx';
import { useRegionKeys } from './regions.ts';
import styles from './Shell.module.css';
import { SideBar } from './SideBar.tsx';
import { SyncStrip } from './SyncStrip.tsx';
import { TitleBar } from './TitleBar.tsx';
import { Toasts } from './Toasts.tsx';
import { useLostFocus } from './useLostFocus.ts';

/** The page of the address, or the desk where there is none that this user may see. */
function CurrentPage({ page }: { page: Page }) {
  const role = useDesk((desk) => desk.session.user?.role ?? null);
  const entry = pageTable[page];
  const isOpen = entry !== undefined && role !== null && maySeePage(role, entry);
  const View = isOpen ? entry.View : DeskPage;
  return <View />;
}

/** The signed-in window: title bar, side bar, the call bar that never moves, and one page. */
export function Shell() {
  const { t } = useTranslation('shell');
  const { page } = useRoute();
  const dialog = useWindow((state) => state.dialog);
  const mayLead = useMayDo('team.manage');
  const app = useRef<HTMLDivElement>(null);
  const main = useRef<HTMLDivElement>(null);
  useRegionKeys(app);
  useLostFocus(main);
  useFollowCall();
  useShortcut('work.keys', () => openDialog(dialog === 'keyboard' ? null : 'keyboard'));

  useShortcut('work.devices', () => goTo(page === 'devices' ? 'desk' : 'devices'));
  useShortcut('work.outbox', () => goTo(page === 'outbox' ? 'desk' : 'outbox'));

  const shown = useRef(page);
  useEffect(() => {
    if (shown.current === page) return;
    shown.current = page;
    document.title = `${t(`nav.${page}`)} · Switchboard`;
  }, [page, t]);

  return (
    <div className={styles.app} ref={app}>
      <button type="button" className={styles.skip} onClick={() => main.current?.focus()}>
        {t('skip')}
      </button>
      <TitleBar />
      <SideBar page={page} />
      <main className={styles.main}>
        <div>
          <Part>
            <CallBar />
          </Part>
          <Part hidden>
            <AttentionBar />
          </Part>
        </div>
        <div
          id={pageId}
          className={styles.page}
          ref={main}
          {...focusRest}
          data-testid={`page-${page}`}
        >
          <Part of={page}>
            <CurrentPage page={page} />
          </Part>
        </div>
        <SyncStrip />
      </main>
      {mayLead ? (
        <Part hidden>
          <AlertWatch calls />
        </Part>
      ) : null}
      <Toasts />
      <KeyboardMap opened={dialog === 'keyboard'} />
      <ChangePassword />
      <DialAsked />
      <DialConsent />
    </div>
  );
}

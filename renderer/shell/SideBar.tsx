import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from '../app/bridge.tsx';
import { maySeePage, type PageEntry, pageTable } from '../app/pageTable.ts';
import { hrefOf, type Page, pages } from '../app/routes.ts';
import { useDesk } from '../store/desk.ts';
import { AgentStateButton } from './AgentStateButton.tsx';
import { MyDay } from './MyDay.tsx';
import styles from './SideBar.module.css';

const groups = ['work', 'lead', 'manage'] as const;

function NavItem({
  page,
  entry,
  current,
  count,
}: {
  page: Page;
  entry: PageEntry;
  current: Page;
  count: number | null;
}) {
  const { t } = useTranslation('shell');
  const Icon = entry.nav?.icon;
  const name = t(`nav.${page}`);
  const isCurrent = page === current;
  const link = useRef<HTMLAnchorElement>(null);
  // In a low window not all pages have room: the one that is open is always seen.
  useEffect(() => {
    if (isCurrent) link.current?.scrollIntoView?.({ block: 'nearest' });
  }, [isCurrent]);
  return (
    <li>
      <a
        ref={link}
        href={hrefOf(page)}
        data-testid={`nav-${page}`}
        aria-current={isCurrent ? 'page' : undefined}
        aria-label={name}
        className={styles.link}
        title={name}
      >
        {Icon ? <Icon size={16} aria-hidden="true" /> : null}
        <span className={styles.words}>{name}</span>
        {count ? <span className={styles.count}>{count}</span> : null}
      </a>
    </li>
  );
}

function useCounts(): Partial<Record<Page, number | null>> {
  const tickets = useQuery('tickets.list', { view: 'mine', limit: 500 }, ['ticket']);
  const tasks = useQuery('tasks.list', { whose: 'mine', limit: 500 }, ['task']);
  const missed = useQuery('missedCalls.list', { state: 'open', limit: 1 }, ['missedCall']);
  return {
    tickets: tickets.data?.length ?? null,
    missed: missed.data?.open ?? null,
    tasks: tasks.data?.filter((task) => task.state === 'open').length ?? null,
  };
}

/** Where to go, what is due today, and the agent's state; a rail of icons below 1360 px. */
export function SideBar({ page }: { page: Page }) {
  const { t } = useTranslation('shell');
  const role = useDesk((desk) => desk.session.user?.role ?? null);
  const counts = useCounts();
  const shown = pages.flatMap((one) => {
    const entry = pageTable[one];
    return entry?.nav && role !== null && maySeePage(role, entry) ? [{ page: one, entry }] : [];
  });
  return (
    <aside className={styles.side} aria-label={t('sideBar')} data-region="5">
      <nav aria-label={t('navigation')} className={styles.pages}>
        {groups.map((group) => {
          const items = shown.filter(({ entry }) => entry.nav?.group === group);
          if (items.length === 0) return null;
          return (
            <ul key={group} className={styles.nav}>
              {items.map((item) => (
                <NavItem
                  key={item.page}
                  {...item}
                  current={page}
                  count={counts[item.page] ?? null}
                />
              ))}
            </ul>
          );
        })}
      </nav>
      <MyDay />
      {role === null ? null : <AgentStateButton />}
    </aside>
  );
}

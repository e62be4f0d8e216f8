import {
  IconFileImport,
  IconHeadset,
  IconNotebook,
  IconPhoneOutgoing,
  IconPlugConnected,
  IconTicket,
  IconUsersGroup,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useQuery } from '../app/bridge.tsx';
import { hrefOf, type Page } from '../app/routes.ts';
import { useDesk, useMayDo } from '../store/desk.ts';
import { AgentStateButton } from './AgentStateButton.tsx';
import { MyDay } from './MyDay.tsx';
import styles from './SideBar.module.css';

const icons = {
  desk: IconHeadset,
  tickets: IconTicket,
  tasks: IconPhoneOutgoing,
  journal: IconNotebook,
  team: IconUsersGroup,
  importing: IconFileImport,
  integrations: IconPlugConnected,
} as const;

function NavItem({
  page,
  current,
  count,
}: {
  page: keyof typeof icons;
  current: Page;
  count?: number | null;
}) {
  const { t } = useTranslation('shell');
  const Icon = icons[page];
  const name = t(`nav.${page}`);
  return (
    <li>
      <a
        href={hrefOf(page)}
        data-testid={`nav-${page}`}
        aria-current={page === current ? 'page' : undefined}
        aria-label={name}
        className={styles.link}
        title={name}
      >
        <Icon size={16} aria-hidden="true" />
        <span className={styles.words}>{name}</span>
        {count ? <span className={styles.count}>{count}</span> : null}
      </a>
    </li>
  );
}

function useCounts(): { tickets: number | null; tasks: number | null } {
  const tickets = useQuery('tickets.list', { view: 'mine', limit: 500 }, ['ticket']);
  const tasks = useQuery('tasks.list', { whose: 'mine', limit: 500 }, ['task']);
  return {
    tickets: tickets.data?.length ?? null,
    tasks: tasks.data?.filter((task) => task.state === 'open').length ?? null,
  };
}

/** Where to go, what is due today, and the agent's state; a rail of icons below 1360 px. */
export function SideBar({ page }: { page: Page }) {
  const { t } = useTranslation('shell');
  const mayWatch = useMayDo('team.watch');
  const mayIntegrate = useMayDo('integrations.manage');
  const mayImport = useMayDo('data.import');
  const mayExport = useMayDo('data.export');
  const signedIn = useDesk((desk) => desk.session.user !== null);
  const counts = useCounts();
  return (
    <aside className={styles.side} aria-label={t('sideBar')} data-region="5">
      <nav aria-label={t('navigation')}>
        <ul className={styles.nav}>
          <NavItem page="desk" current={page} />
          <NavItem page="tickets" current={page} count={counts.tickets} />
          <NavItem page="tasks" current={page} count={counts.tasks} />
          <NavItem page="journal" current={page} />
          {mayWatch ? <NavItem page="team" current={page} /> : null}
          {mayImport || mayExport ? <NavItem page="importing" current={page} /> : null}
          {mayIntegrate ? <NavItem page="integrations" current={page} /> : null}
        </ul>
      </nav>
      <MyDay />
      {signedIn ? <AgentStateButton /> : null}
    </aside>
  );
}

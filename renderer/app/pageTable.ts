import {
  IconBook2,
  IconChartBar,
  IconChartPie,
  IconFileImport,
  IconHeadset,
  IconLayoutDashboard,
  IconListCheck,
  IconMoodSad,
  IconMoodSmile,
  IconNotebook,
  IconPhoneIncoming,
  IconPhoneOutgoing,
  IconPlugConnected,
  IconSettings,
  IconTicket,
  IconUserCog,
  IconUsers,
  IconUsersPlus,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { mayDo, type Permission, type Role } from '#shared/domain/permissions.ts';
import { DeskPage } from '../features/desk/DeskPage.tsx';
import { TasksPage } from '../features/tasks/TasksPage.tsx';
import {
  AdministrationPage,
  BoardPage,
  ComplaintsPage,
  CustomersPage,
  DevicesPage,
  FeedbackPage,
  ImportingPage,
  IntegrationsPage,
  JournalPage,
  KnowledgePage,
  MissedCallsPage,
  OutboxPage,
  QualityPage,
  ReportsPage,
  ScriptsPage,
  SegmentsPage,
  TicketsPage,
  UsersPage,
} from './features.ts';
import type { Page } from './routes.ts';

export interface PageEntry {
  View: ComponentType;
  /** One of these is needed to see it; absent: everybody sees it. */
  needs?: readonly Permission[];
  /** Where it stands in the side bar; absent: it is reached in another way. */
  nav?: { group: 'work' | 'lead' | 'manage'; icon: typeof IconHeadset };
}

/** Every page there is, in the order of the side bar. */
export const pageTable: Partial<Record<Page, PageEntry>> = {
  desk: { View: DeskPage, nav: { group: 'work', icon: IconHeadset } },
  tickets: { View: TicketsPage, nav: { group: 'work', icon: IconTicket } },
  tasks: { View: TasksPage, nav: { group: 'work', icon: IconPhoneOutgoing } },
  customers: {
    View: CustomersPage,
    needs: ['customers.read'],
    nav: { group: 'work', icon: IconUsers },
  },
  knowledge: { View: KnowledgePage, nav: { group: 'work', icon: IconBook2 } },
  missed: { View: MissedCallsPage, nav: { group: 'work', icon: IconPhoneIncoming } },
  journal: { View: JournalPage, nav: { group: 'work', icon: IconNotebook } },
  board: {
    View: BoardPage,
    needs: ['team.watch'],
    nav: { group: 'lead', icon: IconLayoutDashboard },
  },
  // Agents write and read their own daily report there.
  reports: {
    View: ReportsPage,
    needs: ['reports.read', 'calls.take'],
    nav: { group: 'lead', icon: IconChartBar },
  },
  complaints: {
    View: ComplaintsPage,
    needs: ['team.watch'],
    nav: { group: 'lead', icon: IconMoodSad },
  },
  feedback: {
    View: FeedbackPage,
    needs: ['team.watch', 'feedback.manage'],
    nav: { group: 'lead', icon: IconMoodSmile },
  },
  segments: {
    View: SegmentsPage,
    needs: ['segments.manage'],
    nav: { group: 'lead', icon: IconChartPie },
  },
  quality: {
    View: QualityPage,
    needs: ['customers.write', 'customers.merge', 'customers.bulk'],
    nav: { group: 'lead', icon: IconUsersPlus },
  },
  scripts: {
    View: ScriptsPage,
    needs: ['knowledge.write'],
    nav: { group: 'manage', icon: IconListCheck },
  },
  importing: {
    View: ImportingPage,
    needs: ['data.import', 'data.export'],
    nav: { group: 'manage', icon: IconFileImport },
  },
  integrations: {
    View: IntegrationsPage,
    needs: ['integrations.manage'],
    nav: { group: 'manage', icon: IconPlugConnected },
  },
  users: {
    View: UsersPage,
    needs: ['users.manage'],
    nav: { group: 'manage', icon: IconUserCog },
  },
  administration: {
    View: AdministrationPage,
    needs: ['configuration.write'],
    nav: { group: 'manage', icon: IconSettings },
  },
  devices: { View: DevicesPage },
  outbox: { View: OutboxPage },
};

export function maySeePage(role: Role, { needs }: PageEntry): boolean {
  return needs === undefined || needs.some((permission) => mayDo(role, permission));
}

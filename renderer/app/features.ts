import { lazy } from 'react';
import { whenNeeded } from './whenNeeded.tsx';

/** Forms of a call, which are fetched ahead: no call waits for them. */
export const RegisterForm = whenNeeded(() =>
  import('../features/register/RegisterForm.tsx').then((m) => m.RegisterForm),
);
export const MatchChooser = whenNeeded(() =>
  import('../features/match/MatchChooser.tsx').then((m) => m.MatchChooser),
);
export const CallHelp = whenNeeded(() =>
  import('../features/knowledge/CallHelp.tsx').then((m) => m.CallHelp),
);
export const TicketForm = whenNeeded(() =>
  import('../features/ticket/TicketForm.tsx').then((m) => m.TicketForm),
);
export const FindPanel = whenNeeded(() =>
  import('../features/callBar/FindPanel.tsx').then((m) => m.FindPanel),
);
export const WrapUpForm = whenNeeded(() =>
  import('../features/wrapUp/WrapUpForm.tsx').then((m) => m.WrapUpForm),
);
export const WrapUpBacklog = whenNeeded(() =>
  import('../features/wrapUp/WrapUpBacklog.tsx').then((m) => m.WrapUpBacklog),
);

/** In the order in which a call needs them. */
const ofCalls = [
  RegisterForm,
  MatchChooser,
  CallHelp,
  WrapUpForm,
  TicketForm,
  FindPanel,
  WrapUpBacklog,
];

/** Fetches what a call needs, one after the other. What fails is fetched again when it is needed. */
export async function fetchFormsOfCalls(): Promise<void> {
  for (const form of ofCalls) await form.fetch().catch(() => undefined);
}

/** Forms and pages that are loaded when they are first shown. */
export const WrapUpEdit = lazy(() =>
  import('../features/wrapUp/WrapUpEdit.tsx').then((m) => ({ default: m.WrapUpEdit })),
);
export const TicketsPage = lazy(() =>
  import('../features/tickets/TicketsPage.tsx').then((m) => ({ default: m.TicketsPage })),
);
export const BoardPage = lazy(() =>
  import('../features/board/BoardPage.tsx').then((m) => ({ default: m.BoardPage })),
);
export const AlertWatch = lazy(() =>
  import('../features/board/alerts/AlertWatch.tsx').then((m) => ({ default: m.AlertWatch })),
);
export const JournalPage = lazy(() =>
  import('../features/journal/JournalPage.tsx').then((m) => ({ default: m.JournalPage })),
);
export const OutboxPage = lazy(() =>
  import('../features/outbox/OutboxPage.tsx').then((m) => ({ default: m.OutboxPage })),
);
export const IntegrationsPage = lazy(() =>
  import('../features/integrations/IntegrationsPage.tsx').then((m) => ({
    default: m.IntegrationsPage,
  })),
);
export const ImportingPage = lazy(() =>
  import('../features/importing/ImportingPage.tsx').then((m) => ({ default: m.ImportingPage })),
);
export const QualityPage = lazy(() =>
  import('../features/quality/QualityPage.tsx').then((m) => ({ default: m.QualityPage })),
);
export const DevicesPage = lazy(() =>
  import('../features/devices/DevicesPage.tsx').then((m) => ({ default: m.DevicesPage })),
);
export const AdministrationPage = lazy(() =>
  import('../features/administration/AdministrationPage.tsx').then((m) => ({
    default: m.AdministrationPage,
  })),
);
export const SegmentsPage = lazy(() =>
  import('../features/segments/SegmentsPage.tsx').then((m) => ({ default: m.SegmentsPage })),
);
export const KnowledgePage = lazy(() =>
  import('../features/knowledge/KnowledgePage.tsx').then((m) => ({ default: m.KnowledgePage })),
);
export const ScriptsPage = lazy(() =>
  import('../features/scripts/ScriptsPage.tsx').then((m) => ({ default: m.ScriptsPage })),
);
export const ComplaintsPage = lazy(() =>
  import('../features/complaints/ComplaintsPage.tsx').then((m) => ({ default: m.ComplaintsPage })),
);
export const FeedbackPage = lazy(() =>
  import('../features/feedback/FeedbackPage.tsx').then((m) => ({ default: m.FeedbackPage })),
);
export const MissedCallsPage = lazy(() =>
  import('../features/missedCalls/MissedCallsPage.tsx').then((m) => ({
    default: m.MissedCallsPage,
  })),
);
export const CustomersPage = lazy(() =>
  import('../features/customers/CustomersPage.tsx').then((m) => ({ default: m.CustomersPage })),
);
export const ReportsPage = lazy(() =>
  import('../features/reports/ReportsPage.tsx').then((m) => ({ default: m.ReportsPage })),
);
export const UsersPage = lazy(() =>
  import('../features/users/UsersPage.tsx').then((m) => ({ default: m.UsersPage })),
);

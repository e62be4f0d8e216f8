import { lazy } from 'react';

/** Forms and pages that are loaded when they are first shown. */
export const TicketForm = lazy(() =>
  import('../features/ticket/TicketForm.tsx').then((m) => ({ default: m.TicketForm })),
);
export const WrapUpForm = lazy(() =>
  import('../features/wrapUp/WrapUpForm.tsx').then((m) => ({ default: m.WrapUpForm })),
);
export const WrapUpEdit = lazy(() =>
  import('../features/wrapUp/WrapUpEdit.tsx').then((m) => ({ default: m.WrapUpEdit })),
);
export const WrapUpBacklog = lazy(() =>
  import('../features/wrapUp/WrapUpBacklog.tsx').then((m) => ({ default: m.WrapUpBacklog })),
);
export const RegisterForm = lazy(() =>
  import('../features/register/RegisterForm.tsx').then((m) => ({ default: m.RegisterForm })),
);
export const MatchChooser = lazy(() =>
  import('../features/match/MatchChooser.tsx').then((m) => ({ default: m.MatchChooser })),
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
export const FindPanel = lazy(() =>
  import('../features/callBar/FindPanel.tsx').then((m) => ({ default: m.FindPanel })),
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
export const CallHelp = lazy(() =>
  import('../features/knowledge/CallHelp.tsx').then((m) => ({ default: m.CallHelp })),
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

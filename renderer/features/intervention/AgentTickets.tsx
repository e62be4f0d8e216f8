import { IconArrowUp, IconExternalLink, IconTicket, IconUserCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketRow } from '#shared/contract/methods/ticketLists.ts';
import type { TicketState } from '#shared/domain/tickets/ticket.ts';
import { useQuery } from '../../app/bridge.tsx';
import { goTo } from '../../app/routes.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { DueMark } from '../../ui/DueMark.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { Table } from '../../ui/Table.tsx';
import { FormFailure } from '../fields/FormFrame.tsx';
import { type StepAsked, StepDialog } from '../ticketPage/StepDialog.tsx';
import type { ActedOn } from './agentDialogs.ts';
import styles from './intervention.module.css';

/** So many are shown; what is due first stands first. */
const shown = 50;
const openStates: TicketState[] = [
  'registered',
  'acknowledged',
  'assigned',
  'inProgress',
  'waiting',
];

interface Asked {
  ticketId: string;
  step: StepAsked;
}

function Tickets({ agent, onAsk }: { agent: ActedOn; onAsk: (asked: Asked) => void }) {
  const { t } = useTranslation('intervention');
  const { data, failure } = useQuery(
    'ticketList.query',
    {
      filter: { ownerIds: [agent.id], states: openStates },
      sort: { by: 'dueAt', descending: false },
      from: 0,
      count: shown,
    },
    ['ticket'],
  );
  if (failure) return <FormFailure title={t('tickets.failed')} failure={failure} />;
  if (!data) return <Skeleton widths={[60, 80, 40]} />;
  if (data.rows.length === 0) {
    return (
      <EmptyState icon={<IconTicket size={20} aria-hidden="true" />} title={t('tickets.empty')} />
    );
  }
  return (
    <>
      <Table data-testid="agent-tickets">
        <thead>
          <tr>
            <th className={styles.no}>{t('tickets.columns.no')}</th>
            <th>{t('tickets.columns.subject')}</th>
            <th className={styles.state}>{t('tickets.columns.state')}</th>
            <th className={styles.due}>{t('tickets.columns.due')}</th>
            <th className={styles.do}>
              <span className="for-readers">{t('tickets.columns.do')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {data.rows.map((ticket) => (
            <Row key={ticket.id} ticket={ticket} onAsk={onAsk} />
          ))}
        </tbody>
      </Table>
      {data.total > data.rows.length ? (
        <p className="small">{t('tickets.more', { shown: data.rows.length, total: data.total })}</p>
      ) : null}
    </>
  );
}

function Row({ ticket, onAsk }: { ticket: TicketRow; onAsk: (asked: Asked) => void }) {
  const { t } = useTranslation('intervention');
  const { id: ticketId, no, subject, state, dueAt } = ticket;
  return (
    <tr data-testid="agent-ticket">
      <td>{no ?? '–'}</td>
      <td title={subject}>{subject}</td>
      <td>{t(`customer:ticketState.${state}`)}</td>
      <td>{dueAt === null ? '–' : <DueMark dueAt={dueAt} />}</td>
      <td>
        <span className={styles.rowActions}>
          <Button
            size="sm"
            icon={<IconUserCheck size={14} aria-hidden="true" />}
            data-testid="ticket-hand-over"
            onClick={() => onAsk({ ticketId, step: { action: 'assign', needs: ['ownerId'] } })}
          >
            {t('tickets.handOver')}
          </Button>
          <Button
            size="sm"
            icon={<IconArrowUp size={14} aria-hidden="true" />}
            data-testid="ticket-escalate"
            onClick={() => onAsk({ ticketId, step: { action: 'escalate', needs: ['note'] } })}
          >
            {t('tickets.escalate')}
          </Button>
          <Button
            size="sm"
            variant="ghost"
            icon={<IconExternalLink size={14} aria-hidden="true" />}
            onClick={() => goTo('tickets', ticketId)}
          >
            {t('tickets.open')}
          </Button>
        </span>
      </td>
    </tr>
  );
}

function AskedStep({ asked, onClose }: { asked: Asked; onClose: () => void }) {
  const { data } = useQuery('tickets.get', { ticketId: asked.ticketId });
  if (!data) return null;
  return <StepDialog ticket={data.ticket} asked={asked.step} onClose={onClose} />;
}

/** Open tickets of an agent, the most pressing first, to be handed to others or escalated. */
export function AgentTickets({ agent, onClose }: { agent: ActedOn | null; onClose: () => void }) {
  const { t } = useTranslation('intervention');
  const [asked, setAsked] = useState<Asked | null>(null);
  return (
    <>
      <Dialog
        opened={agent !== null}
        onClose={onClose}
        title={t('tickets.title', { name: agent?.name })}
        width={960}
      >
        {agent ? <Tickets agent={agent} onAsk={setAsked} /> : null}
      </Dialog>
      {asked ? <AskedStep asked={asked} onClose={() => setAsked(null)} /> : null}
    </>
  );
}

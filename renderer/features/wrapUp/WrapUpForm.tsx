import { useTranslation } from 'react-i18next';
import type { DeskCall } from '#shared/contract/models/calls.ts';
import { formatClock } from '../../i18n/format.ts';
import { WrapUpBody } from './WrapUpBody.tsx';
import { emptyWrapUp } from './wrapUpFields.ts';

/** After-call work of the call that has just ended; the countdown stands in the call bar. */
export function WrapUpForm({ call }: { call: DeskCall }) {
  const { t } = useTranslation(['wrapUp', 'common']);
  const who = call.customerName ?? (call.number.display || t('common:numberWithheld'));
  const talkMs =
    call.endedAt !== null && call.answeredAt !== null ? call.endedAt - call.answeredAt : 0;
  return (
    <WrapUpBody
      key={call.id}
      callId={call.id}
      note={t('who', { name: who, talk: formatClock(talkMs) })}
      initial={emptyWrapUp}
      ticketIds={call.ticketIds}
      parked={false}
    />
  );
}

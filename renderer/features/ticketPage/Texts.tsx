import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketView } from '#shared/contract/models/records.ts';
import { Button } from '../../ui/Button.tsx';
import { cx } from '../../ui/cx.ts';
import { SectionHead } from '../../ui/SectionHead.tsx';
import styles from './ticketPage.module.css';

/** Longer texts are shown in part until the agent asks for the rest, characters. */
const foldAt = 600;

function Folding({ title, text, testId }: { title: string; text: string; testId: string }) {
  const { t } = useTranslation('tickets');
  const [unfolded, setUnfolded] = useState(false);
  const long = text.length > foldAt;
  const fold = long ? (
    <Button size="sm" variant="ghost" onClick={() => setUnfolded(!unfolded)}>
      {unfolded ? t('less') : t('more')}
    </Button>
  ) : undefined;
  return (
    <section className={styles.block} aria-label={title}>
      <SectionHead title={title} action={fold} />
      <p className={styles.words} dir="auto" data-testid={testId}>
        {long && !unfolded ? `${text.slice(0, foldAt)}…` : text}
      </p>
    </section>
  );
}

/** What happened, and what was done for the customer. */
export function Texts({ ticket }: { ticket: TicketView }) {
  const { t } = useTranslation(['ticketPage', 'tickets']);
  return (
    <>
      {ticket.resolution !== '' ? (
        <Folding title={t('resolution')} text={ticket.resolution} testId="ticket-resolution" />
      ) : null}
      {ticket.description === '' ? null : (
        <Folding title={t('tickets:description')} text={ticket.description} testId="ticket-text" />
      )}
      {ticket.description + ticket.resolution === '' ? (
        <p className={cx('small', styles.block)}>{t('tickets:noDescription')}</p>
      ) : null}
    </>
  );
}

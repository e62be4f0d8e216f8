import { IconGitFork, IconGitMerge, IconLink, IconLinkOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { TicketLink, TicketPage } from '#shared/contract/methods/tickets.ts';
import { useRun } from '../../app/bridge.tsx';
import { hrefOf } from '../../app/routes.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Pill } from '../../ui/Pill.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { pageKeys } from './steps.ts';
import styles from './ticketPage.module.css';

type Kind = 'related' | 'merged' | 'splitFrom' | 'split';

function LinkRow({ link, kind, onEnd }: { link: TicketLink; kind: Kind; onEnd?: () => void }) {
  const { t } = useTranslation(['ticketPage', 'customer', 'common']);
  return (
    <li className={styles.link} data-testid="ticket-link" data-kind={kind}>
      <span className="small nowrap">{t(`links.${kind}`)}</span>
      <a href={hrefOf('tickets', link.id)} className="cut">
        {link.no ?? t('common:numberFollows')} {link.subject}
      </a>
      <span className="grow" />
      <Pill tone="outline">{t(`customer:ticketState.${link.state}`)}</Pill>
      {onEnd ? (
        <IconButton
          label={t(kind === 'merged' ? 'links.unmerge' : 'links.unrelate')}
          icon={<IconLinkOff size={14} aria-hidden="true" />}
          onClick={onEnd}
        />
      ) : null}
    </li>
  );
}

/** Says that another ticket stands for this one, and undoes it. */
export function MergedBanner({ page, mayWrite }: { page: TicketPage; mayWrite: boolean }) {
  const { t } = useTranslation(['ticketPage', 'common']);
  const run = useRun();
  const { mergedInto, ticket } = page;
  if (ticket.mergedInto === null) return null;
  const no = mergedInto?.no ?? t('common:numberFollows');
  return (
    <Banner
      tone="accent"
      icon={<IconGitMerge size={16} aria-hidden="true" />}
      title={t('links.mergedInto', { no })}
      text={mergedInto?.subject ?? ''}
      actions={
        <>
          <a href={hrefOf('tickets', ticket.mergedInto)} data-testid="ticket-merged-into">
            {t('links.open')}
          </a>
          {mayWrite ? (
            <Button
              size="sm"
              data-testid="ticket-unmerge"
              onClick={() => void run('tickets.unmerge', { ticketId: ticket.id })}
            >
              {t('links.unmerge')}
            </Button>
          ) : null}
        </>
      }
    />
  );
}

/** Tickets that belong beside this one. */
export function Links({
  page,
  mayWrite,
  onLink,
  onSplit,
}: {
  page: TicketPage;
  mayWrite: boolean;
  onLink: () => void;
  onSplit: () => void;
}) {
  const { t } = useTranslation('ticketPage');
  const run = useRun();
  const { related, merged, splitFrom, splits, ticket } = page;
  const count = related.length + merged.length + splits.length + (splitFrom ? 1 : 0);
  const may = mayWrite && ticket.mergedInto === null;
  if (!may && count === 0) return null;
  const unrelate = (otherId: string) =>
    void run('tickets.relate', { ticketId: ticket.id, otherId, on: false });
  const unmerge = (ticketId: string) => void run('tickets.unmerge', { ticketId });
  return (
    <section className={styles.block} aria-label={t('links.title')}>
      <SectionHead
        title={t('links.title')}
        count={count}
        action={
          may ? (
            <span className={styles.actions}>
              <Button
                size="sm"
                icon={<IconLink size={14} aria-hidden="true" />}
                keys={pageKeys.link}
                data-testid="ticket-link-open"
                onClick={onLink}
              >
                {t('links.add')}
              </Button>
              <Button
                size="sm"
                icon={<IconGitFork size={14} aria-hidden="true" />}
                data-testid="ticket-split-open"
                onClick={onSplit}
              >
                {t('links.splitOff')}
              </Button>
            </span>
          ) : undefined
        }
      />
      <ul className={styles.links}>
        {splitFrom ? <LinkRow link={splitFrom} kind="splitFrom" /> : null}
        {merged.map((link) => (
          <LinkRow
            key={link.id}
            link={link}
            kind="merged"
            {...(may && { onEnd: () => unmerge(link.id) })}
          />
        ))}
        {splits.map((link) => (
          <LinkRow key={link.id} link={link} kind="split" />
        ))}
        {related.map((link) => (
          <LinkRow
            key={link.id}
            link={link}
            kind="related"
            {...(may && { onEnd: () => unrelate(link.id) })}
          />
        ))}
      </ul>
    </section>
  );
}

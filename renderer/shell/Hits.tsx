import { Combobox } from '@mantine/core';
import { IconBook2, IconNote, IconTicket } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  Found,
  FoundArticle,
  FoundCustomer,
  FoundNote,
  FoundText,
  FoundTicket,
} from '#shared/contract/methods/search.ts';
import { useFormat } from '../i18n/useFormat.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { ClassBadge } from '../ui/ClassBadge.tsx';
import { Marked } from '../ui/Marked.tsx';
import { nearMark } from './nearMark.ts';
import styles from './Omnibox.module.css';

/** What was hit stands in the line, whatever is cut off behind it. */
function Hit({ found }: { found: FoundText }) {
  return <Marked {...nearMark(found)} />;
}

function Where({ found }: { found: FoundText }) {
  const { t } = useTranslation('search');
  return (
    <span className={styles.where}>
      <span className={styles.field}>{t(`field.${found.field}`)}</span>
      <span className="cut">
        <Hit found={found} />
      </span>
    </span>
  );
}

/** Of a keystroke that is no more the last: shown, but not to be chosen. */
interface Old {
  old: boolean;
}

function CustomerHit({ hit, old }: { hit: FoundCustomer } & Old) {
  const inName = hit.found.field === 'name' && hit.found.text === hit.name;
  return (
    <Combobox.Option
      value={`customer:${hit.customerId}`}
      disabled={old}
      className={styles.hit}
      data-testid="search-hit"
    >
      <Avatar name={hit.name} size={24} />
      <span className={styles.main}>{inName ? <Hit found={hit.found} /> : hit.name}</span>
      <ClassBadge valueClass={hit.valueClass} />
      {inName ? <span className={styles.hint}>{hit.hint ?? ''}</span> : <Where found={hit.found} />}
    </Combobox.Option>
  );
}

function TicketHit({ hit, old }: { hit: FoundTicket } & Old) {
  const { t } = useTranslation('search');
  const inSubject = hit.found.field === 'subject' && hit.found.text === hit.subject;
  const inNo = hit.found.field === 'no' && hit.no !== null;
  return (
    <Combobox.Option
      value={`ticket:${hit.ticketId}`}
      disabled={old}
      className={styles.hit}
      data-testid="search-ticket"
    >
      <IconTicket size={16} aria-hidden="true" />
      <span className={styles.no}>
        {inNo ? <Hit found={hit.found} /> : (hit.no ?? t('numberFollows'))}
      </span>
      <span className={styles.main}>{inSubject ? <Hit found={hit.found} /> : hit.subject}</span>
      {inSubject || inNo ? (
        <span className={styles.hint}>{hit.customerName ?? ''}</span>
      ) : (
        <Where found={hit.found} />
      )}
    </Combobox.Option>
  );
}

function NoteHit({ hit, old }: { hit: FoundNote } & Old) {
  const { t } = useTranslation('search');
  const format = useFormat();
  return (
    <Combobox.Option
      value={`note:${hit.customerId ?? ''}`}
      disabled={old}
      className={styles.hit}
      data-testid="search-note"
    >
      <IconNote size={16} aria-hidden="true" />
      <span className={styles.main}>
        <Hit found={hit.found} />
      </span>
      <span className={styles.hint}>
        {hit.customerName ?? t('unknown')} · {format.moment(hit.at)}
      </span>
    </Combobox.Option>
  );
}

function ArticleHit({ hit, old }: { hit: FoundArticle } & Old) {
  return (
    <Combobox.Option
      value={`article:${hit.articleId}`}
      disabled={old}
      className={styles.hit}
      data-testid="search-article"
    >
      <IconBook2 size={16} aria-hidden="true" />
      <span className={styles.main}>
        <Hit found={hit.found} />
      </span>
    </Combobox.Option>
  );
}

function Group({ name, children }: { name: keyof Found; children: ReactNode[] }) {
  const { t } = useTranslation('search');
  if (children.length === 0) return null;
  return (
    <Combobox.Group label={t(`groups.${name}`)} data-testid={`search-group-${name}`}>
      {children}
    </Combobox.Group>
  );
}

/** What was found, by kind. */
export function Hits({ found, old }: { found: Found } & Old) {
  return (
    <>
      <Group name="customers">
        {found.customers.map((hit) => (
          <CustomerHit key={hit.customerId} hit={hit} old={old} />
        ))}
      </Group>
      <Group name="tickets">
        {found.tickets.map((hit) => (
          <TicketHit key={hit.ticketId} hit={hit} old={old} />
        ))}
      </Group>
      <Group name="notes">
        {found.notes.map((hit) => (
          <NoteHit key={hit.wrapUpId} hit={hit} old={old} />
        ))}
      </Group>
      <Group name="articles">
        {found.articles.map((hit) => (
          <ArticleHit key={hit.articleId} hit={hit} old={old} />
        ))}
      </Group>
    </>
  );
}

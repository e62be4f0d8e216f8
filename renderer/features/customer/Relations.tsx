import { Combobox, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconPlus, IconUsers } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RelationView } from '#shared/contract/methods/customers.ts';
import { relationKinds } from '#shared/domain/customers/customer.ts';
import { useInvoke, useQuery, useRun } from '../../app/bridge.tsx';
import { hrefOf } from '../../app/routes.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { Button } from '../../ui/Button.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { Pill } from '../../ui/Pill.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { TextField } from '../../ui/TextField.tsx';
import fields from '../fields/fields.module.css';
import { useProblemText } from '../fields/useFormFields.ts';
import styles from './CustomerCard.module.css';

const searchDelayMs = 150;
const shownHits = 6;
const mostNote = 200;

function RelationLine({ relation, may }: { relation: RelationView; may: boolean }) {
  const { t } = useTranslation('customer');
  const format = useFormat();
  const run = useRun();
  return (
    <li className={styles.relation} data-testid="relation" data-other={relation.other}>
      <span className="muted">{t(`relations.${relation.other}.${relation.kind}`)}</span>
      <a href={hrefOf('customers', relation.otherId)} className="cut">
        <bdi>{relation.otherName}</bdi>
      </a>
      {relation.note === '' ? null : (
        <span className="small cut" dir="auto" title={relation.note}>
          {relation.note}
        </span>
      )}
      {relation.waiting ? <Pill tone="warn">{t('common:notSent')}</Pill> : null}
      {relation.endedAt !== null ? (
        <span className="small">
          {t('relations.ended', { day: format.shortDate(relation.endedAt) })}
        </span>
      ) : may ? (
        <Button
          size="sm"
          variant="ghost"
          data-testid="end-relation"
          onClick={() => void run('customers.endRelation', { relationId: relation.id })}
        >
          {t('relations.end')}
        </Button>
      ) : null}
    </li>
  );
}

function NewRelation({ customerId, onClose }: { customerId: string; onClose: () => void }) {
  const { t } = useTranslation('customer');
  const invoke = useInvoke();
  const problemText = useProblemText();
  const [kind, setKind] = useState<RelationView['kind']>('household');
  const [note, setNote] = useState('');
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [wanted] = useDebouncedValue(text.trim(), searchDelayMs);
  const search = useQuery(
    'customers.search',
    wanted === '' ? null : { text: wanted, limit: shownHits },
  );
  const hits = (text.trim() === '' ? [] : (search.data ?? [])).filter(
    (hit) => hit.customerId !== customerId,
  );
  const store = useCombobox({ opened: hits.length > 0, loop: false });
  const { resetSelectedOption } = store;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list forgets the arrow keys
  useEffect(() => resetSelectedOption(), [resetSelectedOption, text]);

  async function add(toId: string): Promise<void> {
    const result = await invoke('customers.relate', {
      fromId: customerId,
      toId,
      kind,
      note: note.trim(),
    });
    if (result.ok) onClose();
    else setProblem(problemText(result.error));
  }
  return (
    <Combobox store={store} onOptionSubmit={(id) => void add(id)} withinPortal={false}>
      <div className={styles.past}>
        <div className={styles.who}>
          <select
            className={fields.select}
            aria-label={t('relations.kind')}
            data-testid="relation-kind"
            value={kind}
            onChange={(event) => setKind(event.target.value as RelationView['kind'])}
          >
            {relationKinds.map((one) => (
              <option key={one} value={one}>
                {t(`relations.to.${one}`)}
              </option>
            ))}
          </select>
          <span className={fields.picker}>
            <Combobox.EventsTarget withExpandedAttribute>
              <TextField
                autoFocus
                aria-label={t('relations.who')}
                placeholder={t('relations.who')}
                data-testid="relation-who"
                value={text}
                onKeyDown={(event) => {
                  if (event.key !== 'Escape') return;
                  event.stopPropagation();
                  onClose();
                }}
                onChange={(event) => setText(event.target.value)}
              />
            </Combobox.EventsTarget>
            {hits.length > 0 ? (
              <Combobox.Options className={`${fields.tree} ${fields.floating}`} tabIndex={-1}>
                {hits.map((hit) => (
                  <Combobox.Option
                    key={hit.customerId}
                    value={hit.customerId}
                    className={fields.division ?? ''}
                    data-testid="relation-hit"
                  >
                    <bdi className={fields.leaf}>{hit.name}</bdi>
                    <span className="small cut">{hit.hint}</span>
                  </Combobox.Option>
                ))}
              </Combobox.Options>
            ) : null}
          </span>
        </div>
        <TextField
          aria-label={t('relations.note')}
          placeholder={t('relations.note')}
          maxLength={mostNote}
          data-testid="relation-note"
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
        {problem ? (
          <p className={styles.problem} role="alert">
            {problem}
          </p>
        ) : null}
        <p className={styles.hint}>{t('relations.hint')}</p>
      </div>
    </Combobox>
  );
}

/** Household, employer, contact person …: from both ends, ended ones on demand. */
export function Relations({ customerId, may }: { customerId: string; may: boolean }) {
  const { t } = useTranslation('customer');
  const { data } = useQuery('customers.relations', { customerId }, ['relation', 'customer']);
  const [adding, setAdding] = useState(false);
  const [old, setOld] = useState(false);
  const all = data ?? [];
  const ended = all.filter(({ endedAt }) => endedAt !== null);
  const shown = old ? all : all.filter(({ endedAt }) => endedAt === null);
  return (
    <div className={styles.block} data-testid="relations">
      <SectionHead
        icon={<IconUsers size={16} aria-hidden="true" />}
        title={t('relations.title')}
        count={all.length - ended.length}
        action={
          may ? (
            <Button
              size="sm"
              variant="ghost"
              icon={<IconPlus size={14} aria-hidden="true" />}
              aria-expanded={adding}
              data-testid="add-relation"
              onClick={() => setAdding(!adding)}
            >
              {t('addPoint')}
            </Button>
          ) : null
        }
      />
      {adding ? <NewRelation customerId={customerId} onClose={() => setAdding(false)} /> : null}
      <ul>
        {shown.map((relation) => (
          <RelationLine key={relation.id} relation={relation} may={may} />
        ))}
      </ul>
      {ended.length > 0 ? (
        <Chip pressed={old} onClick={() => setOld(!old)}>
          {t('relations.endedCount', { count: ended.length })}
        </Chip>
      ) : null}
    </div>
  );
}

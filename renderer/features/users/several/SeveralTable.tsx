import { IconAlertCircle, IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFailureText } from '../../../i18n/useFailureText.ts';
import { useFormat } from '../../../i18n/useFormat.ts';
import { useQueueChoices } from '../../../i18n/useQueueChoices.ts';
import { useTeamName } from '../../../i18n/useTeamName.ts';
import { ListTable } from '../../../ui/ListTable.tsx';
import { useProblemText } from '../userWords.ts';
import styles from './several.module.css';
import type { SeveralRow } from './severalStore.ts';

function Outcome({ row }: { row: SeveralRow }) {
  const { t } = useTranslation('users');
  const problemText = useProblemText();
  const failureText = useFailureText();
  if (row.password !== null) return <code data-testid="several-password">{row.password}</code>;
  const words = row.failure
    ? failureText(row.failure)
    : row.problems
        .map((one) => {
          const column = t(`several.columns.${columnOf[one.field]}`);
          return t('several.problem', { column, words: problemText(one) });
        })
        .join(t('several.between'));
  if (words === '') {
    return (
      <span className={styles.right}>
        <IconCircleCheck size={14} aria-hidden="true" />
        {t('several.right')}
      </span>
    );
  }
  return (
    <span className={styles.wrong}>
      <IconAlertCircle size={14} aria-hidden="true" />
      {words}
    </span>
  );
}

const columnOf = {
  login: 'login',
  name: 'name',
  role: 'role',
  teamId: 'team',
  extension: 'extension',
  queueIds: 'queues',
} as const;

/** The rows of a table of people: what will be made of them, or was. */
export function SeveralTable({ rows }: { rows: readonly SeveralRow[] }) {
  const { t } = useTranslation('users');
  const format = useFormat();
  const teamName = useTeamName();
  const choices = useQueueChoices();
  // What no queue is called stays as it was written.
  const queueName = (id: string) => choices.find((one) => one.id === id)?.name ?? id;
  return (
    <ListTable aria-label={t('several.title')} data-testid="several-rows">
      <colgroup>
        <col className={styles.cLine} />
        <col className={styles.cName} />
        <col className={styles.cRole} />
        <col className={styles.cTeam} />
        <col className={styles.cExtension} />
        <col className={styles.cQueues} />
        <col />
      </colgroup>
      <thead>
        <tr>
          <th scope="col" data-number>
            {t('several.line')}
          </th>
          <th scope="col">{t('columns.name')}</th>
          <th scope="col">{t('columns.role')}</th>
          <th scope="col">{t('columns.team')}</th>
          <th scope="col">{t('columns.extension')}</th>
          <th scope="col">{t('fields.queues')}</th>
          <th scope="col">{t('several.outcome')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const { line, draft } = row;
          const queues = format.list(draft.queueIds.map(queueName));
          return (
            <tr key={line} data-testid="several-row" data-right={row.problems.length === 0}>
              <td data-number>{line}</td>
              <td title={`${draft.name} ${draft.login}`}>
                <span className="medium">{draft.name}</span>{' '}
                <span className="small">{draft.login}</span>
              </td>
              <td>{t(`common:roles.${draft.role}`)}</td>
              <td>{draft.teamId === null ? null : teamName(draft.teamId)}</td>
              <td>{draft.extension}</td>
              <td title={queues}>{queues}</td>
              <td className={styles.outcome}>
                <Outcome row={row} />
              </td>
            </tr>
          );
        })}
      </tbody>
    </ListTable>
  );
}

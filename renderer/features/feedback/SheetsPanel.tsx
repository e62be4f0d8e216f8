import { useTranslation } from 'react-i18next';
import type { SheetFilter } from '#shared/contract/methods/feedback.ts';
import { useQuery } from '../../app/bridge.tsx';
import { hrefOf } from '../../app/routes.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { Button } from '../../ui/Button.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { FormFrame } from '../fields/FormFrame.tsx';
import { ListFailed } from '../tickets/ListStates.tsx';
import { SheetAnswers } from '../visits/SheetAnswers.tsx';
import styles from './feedback.module.css';

const mostSheets = 100;

/** The answers behind one row of the scores, the newest first. */
export function SheetsPanel({ filter, onDone }: { filter: SheetFilter; onDone: () => void }) {
  const { t } = useTranslation('feedback');
  const format = useFormat();
  const sheets = useQuery('feedback.sheets', { filter, limit: mostSheets }, ['answerSheet']);
  return (
    <FormFrame
      label={t('answers')}
      testId="answer-sheets"
      title={t('answers')}
      foot={
        <Button variant="ghost" onClick={onDone}>
          {t('common:actions.close')}
        </Button>
      }
    >
      {sheets.failure ? (
        <ListFailed title={t('failed')} failure={sheets.failure} onAgain={sheets.reload} />
      ) : null}
      {sheets.loading ? <Skeleton widths={[60, 80]} /> : null}
      <ul>
        {sheets.data?.map((sheet) => (
          <li key={sheet.id} className={styles.item}>
            <p className={styles.actions}>
              <span className="medium">{t(`visits:outcomes.${sheet.outcome}`)}</span>
              <span className="small">
                {[sheet.customerName, format.moment(sheet.at), sheet.byName]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </p>
            {sheet.ticketId ? (
              <a href={hrefOf('tickets', sheet.ticketId)}>
                {[sheet.ticketNo, sheet.ticketSubject].filter(Boolean).join(' · ')}
              </a>
            ) : null}
            <SheetAnswers sheet={sheet} />
          </li>
        ))}
      </ul>
    </FormFrame>
  );
}

import { useTranslation } from 'react-i18next';
import type { SheetView } from '#shared/contract/methods/feedback.ts';
import type { Question } from '#shared/domain/feedback/feedback.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import styles from './visits.module.css';

/** What a customer answered, with the questions as they were put. */
export function SheetAnswers({ sheet }: { sheet: Pick<SheetView, 'questions' | 'answers'> }) {
  const { t } = useTranslation('visits');
  const format = useFormat();
  const said = ({ id, kind, choices }: Question): string => {
    const answer = sheet.answers[id];
    if (answer === undefined) return '–';
    if (kind === 'yesNo') return t(answer === true ? 'yes' : 'no');
    const choice = choices.find((one) => one.id === answer);
    return choice ? format.text(choice.text) : String(answer);
  };
  return (
    <dl className={styles.answers}>
      {sheet.questions.map((question) => (
        <div key={question.id}>
          <dt className="muted">{format.text(question.text)}</dt>
          <dd>{said(question)}</dd>
        </div>
      ))}
    </dl>
  );
}

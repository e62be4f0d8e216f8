import { IconAlertCircle, IconCheck } from '@tabler/icons-react';
import { type RefObject, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { type WrapUpResult, wrapUpResults } from '#shared/domain/calls/call.ts';
import { shortcuts } from '../../app/hotkeys.ts';
import { KeyCap } from '../../ui/KeyCap.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import fields from '../fields/fields.module.css';
import styles from './wrapUp.module.css';

/** What came of the call: four radios, each with the digit that chooses it together with Alt. */
export function ResultChoice({
  value,
  onChange,
  error,
  boxRef,
}: {
  value: WrapUpResult | null;
  onChange: (result: WrapUpResult) => void;
  error: string | null;
  boxRef: RefObject<HTMLDivElement | null>;
}) {
  const { t } = useTranslation(['wrapUp', 'fields']);
  const labelId = useId();
  const options = wrapUpResults.map((result, index) => ({
    value: result,
    label: t(`fields:results.${result}`),
    icon: (
      <>
        {result === value ? <IconCheck size={14} aria-hidden="true" /> : null}
        <span className={styles.digit} aria-hidden="true">
          {index + 1}
        </span>
      </>
    ),
  }));
  return (
    <div className={fields.c6} ref={boxRef} data-testid="wrap-up-result">
      <div className={fields.plainLabel} id={labelId}>
        <span>{t('result')}</span>
        <span className="tone-error" aria-hidden="true">
          *
        </span>
        <span className={fields.spread} />
        <KeyCap keys={shortcuts['wrapUp.result'].shown} />
      </div>
      <Segmented labelledBy={labelId} value={value} options={options} onChange={onChange} />
      {error ? (
        <p className={styles.resultError}>
          <IconAlertCircle size={14} aria-hidden="true" />
          {error}
        </p>
      ) : null}
    </div>
  );
}

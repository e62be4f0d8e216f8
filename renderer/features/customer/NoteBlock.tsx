import { IconPin } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Card } from '#shared/contract/models/records.ts';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { ValueInput } from '../fields/ValueInput.tsx';
import styles from './CustomerCard.module.css';
import { InPlace } from './InPlace.tsx';
import type { CustomerEditing } from './useCustomerEdit.ts';

const noteField = { id: 'pinnedNote', type: 'longText', choices: [] } as const;

/** What every colleague sees first. */
export function NoteBlock({ card, editing }: { card: Card; editing: CustomerEditing }) {
  const { t } = useTranslation('customer');
  const { id, pinnedNote } = card.customer;
  if (pinnedNote === null && !editing.may) return null;
  return (
    <div className={styles.block}>
      <SectionHead icon={<IconPin size={16} aria-hidden="true" />} title={t('pinnedNote')} />
      <dl>
        <InPlace
          label={t('pinnedNote')}
          plain
          value={pinnedNote ?? ''}
          shown={pinnedNote === null ? null : <span className={styles.note}>{pinnedNote}</span>}
          testId="pinned-note"
          lines
          history={{ customerId: id, field: 'pinnedNote' }}
          save={editing.may ? (typed) => editing.edit({ pinnedNote: typed }) : null}
          input={(parts) => (
            <ValueInput
              {...parts}
              field={{ ...noteField, choices: [] }}
              focused
              testId="pinned-note-input"
            />
          )}
        />
      </dl>
    </div>
  );
}

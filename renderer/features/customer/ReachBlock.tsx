import { IconPhone, IconPlus, IconStarFilled } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeskCall } from '#shared/contract/models/calls.ts';
import type { Card, ContactPointView } from '#shared/contract/models/records.ts';
import { useDial } from '../../app/useDial.ts';
import { useCallInBar, useTakesCalls } from '../../store/desk.ts';
import { Button } from '../../ui/Button.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { cx } from '../../ui/cx.ts';
import { Pill } from '../../ui/Pill.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';
import styles from './CustomerCard.module.css';
import { NewPointForm } from './NewPointForm.tsx';
import { PointEditor } from './PointEditor.tsx';
import type { CustomerEditing } from './useCustomerEdit.ts';
import { VerifiedMark } from './VerifiedMark.tsx';

function PhoneValue({ point, call }: { point: ContactPointView; call: DeskCall | null }) {
  const { t } = useTranslation('customer');
  const dial = useDial();
  const busy = useCallInBar() !== null;
  const mayCall = useTakesCalls();
  const calling = call !== null && call.number.key !== null && call.number.key === point.normal;
  if (calling || busy || !mayCall) {
    return (
      <span className={cx(styles.number, calling && 'strong')} data-testid="contact-number">
        {point.display}
        {calling ? <span className="for-readers"> {t('callingNow')}</span> : null}
      </span>
    );
  }
  return (
    <button
      type="button"
      className={styles.dial}
      title={t('dial', { number: point.display })}
      data-testid="contact-number"
      onClick={() => void dial(point.raw, point.customerId)}
    >
      {point.display}
      <IconPhone size={14} aria-hidden="true" />
    </button>
  );
}

/** A long mail address breaks before its @, not within a word. */
function Breakable({ text }: { text: string }) {
  const at = text.indexOf('@');
  if (at <= 0) return text;
  return (
    <>
      {text.slice(0, at)}
      <wbr />
      {text.slice(at)}
    </>
  );
}

function PointLine({
  point,
  call,
  editing,
}: {
  point: ContactPointView;
  call: DeskCall | null;
  editing: CustomerEditing;
}) {
  const { t } = useTranslation('customer');
  const [open, setOpen] = useState(false);
  const label = t(point.kind === 'phone' ? `labels.${point.label}` : `kinds.${point.kind}`);
  const mark = <VerifiedMark verifiedOn={point.verifiedOn} />;
  return (
    <div className={styles.detail} data-testid="contact-point" data-kind={point.kind}>
      <dt>
        {editing.may ? (
          <button
            type="button"
            className={styles.label}
            aria-expanded={open}
            title={t('editTitle', { field: label })}
            data-testid="edit-point"
            onClick={() => setOpen(!open)}
          >
            {label}
          </button>
        ) : (
          label
        )}
      </dt>
      <dd dir="auto" className={cx(styles.reach, point.retired && styles.retired)}>
        {point.kind === 'phone' && !point.retired ? (
          <PhoneValue point={point} call={call} />
        ) : (
          <Breakable text={point.display} />
        )}
        {point.preferred ? (
          <IconStarFilled size={12} className={styles.star} aria-label={t('preferred')} />
        ) : null}
        {point.consent === 'refused' ? <Pill tone="warn">{t('consents.refused')}</Pill> : null}
        {point.retired ? <Pill tone="outline">{t('retired')}</Pill> : null}
      </dd>
      <dd className={styles.tools}>
        {editing.may && !point.retired ? (
          <button
            type="button"
            className={styles.verify}
            title={t('verified.again')}
            onClick={() => editing.verify(`contactPoint.${point.id}`)}
          >
            {mark}
          </button>
        ) : (
          mark
        )}
      </dd>
      {open ? <PointEditor point={point} editing={editing} onClose={() => setOpen(false)} /> : null}
    </div>
  );
}

/** Numbers, e-mails and addresses: dial, confirm, change, add; the preferred ones first, old ones on demand. */
export function ReachBlock({
  card,
  call,
  editing,
}: {
  card: Card;
  call: DeskCall | null;
  editing: CustomerEditing;
}) {
  const { t } = useTranslation('customer');
  const [adding, setAdding] = useState(false);
  const [old, setOld] = useState(false);
  const used = card.contactPoints.filter((point) => !point.retired);
  const retired = card.contactPoints.filter((point) => point.retired);
  const dates = [
    ...used,
    ...Object.values(card.customer.profile).filter(({ value }) => value !== ''),
  ].map((one) => one.verifiedOn);
  return (
    <div className={styles.block}>
      <SectionHead
        title={t('details')}
        count={t('verified.count', {
          verified: dates.filter((date) => date !== null).length,
          count: dates.length,
        })}
        action={
          editing.may ? (
            <Button
              size="sm"
              variant="ghost"
              icon={<IconPlus size={14} aria-hidden="true" />}
              data-testid="add-point"
              aria-expanded={adding}
              onClick={() => setAdding(!adding)}
            >
              {t('addPoint')}
            </Button>
          ) : null
        }
      />
      {adding ? (
        <NewPointForm
          customerId={card.customer.id}
          callId={call?.id ?? null}
          onClose={() => setAdding(false)}
        />
      ) : null}
      <dl>
        {[...used, ...(old ? retired : [])].map((point) => (
          <PointLine key={point.id} point={point} call={call} editing={editing} />
        ))}
      </dl>
      {retired.length > 0 ? (
        <Chip pressed={old} onClick={() => setOld(!old)}>
          {t('retiredCount', { count: retired.length })}
        </Chip>
      ) : null}
    </div>
  );
}

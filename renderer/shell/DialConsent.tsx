import { Modal } from '@mantine/core';
import { IconAlertTriangle, IconPhone } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFailureText } from '../i18n/useFailureText.ts';
import { type ConsentAsked, useWindow } from '../store/window.ts';
import { Button } from '../ui/Button.tsx';
import styles from './DialAsked.module.css';

/** Why the agent is asked; an unknown reason is told by the failure's own words. */
function Reason({ asked }: { asked: ConsentAsked }) {
  const { t, i18n } = useTranslation('shell');
  const failureText = useFailureText();
  const key = `consent.reasons.${String(asked.failure.details?.reason ?? '')}`;
  return (
    <p className={styles.reason}>
      <IconAlertTriangle size={16} aria-hidden="true" />
      {i18n.exists(`shell:${key}`)
        ? t(key, { ...asked.failure.details })
        : failureText(asked.failure)}
    </p>
  );
}

/** Emergency numbers, numbers that cost extra, abroad: dialled once the agent says so. */
export function DialConsent() {
  const { t } = useTranslation('shell');
  const asked = useWindow((state) => state.consent);
  return (
    <Modal
      opened={asked !== null}
      onClose={() => asked?.answer(false)}
      title={t('consent.title')}
      size={420}
      zIndex={500}
      closeButtonProps={{ 'aria-label': t('common:actions.close') }}
    >
      {asked ? (
        <div data-testid="consent">
          <p className={styles.number}>{asked.number}</p>
          <Reason asked={asked} />
          <div className={styles.actions}>
            <Button data-testid="consent-no" onClick={() => asked.answer(false)}>
              {t('common:actions.cancel')}
            </Button>
            <Button
              variant="solid"
              data-autofocus
              data-testid="consent-yes"
              icon={<IconPhone size={16} aria-hidden="true" />}
              onClick={() => asked.answer(true)}
            >
              {t('consent.dial')}
            </Button>
          </div>
        </div>
      ) : null}
    </Modal>
  );
}

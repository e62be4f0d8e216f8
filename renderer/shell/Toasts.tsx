import { IconAlertTriangle, IconCircleCheck, IconX } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useFailureText } from '../i18n/useFailureText.ts';
import { closeToast, type Toast, useWindow } from '../store/window.ts';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import styles from './Toasts.module.css';

const shownMs = 5_000;
/** Long enough to think better of it. */
const shownWithActionMs = 15_000;

const tones = { ok: 'tone-ok', warn: 'tone-warn', error: 'tone-error' } as const;

function ToastLine({ toast }: { toast: Toast }) {
  const { t } = useTranslation('common');
  const failureText = useFailureText();
  useEffect(() => {
    if (toast.tone === 'error') return;
    const timer = setTimeout(
      () => closeToast(toast.id),
      toast.action ? shownWithActionMs : shownMs,
    );
    return () => clearTimeout(timer);
  }, [toast]);
  const failed = toast.tone === 'error';
  const Icon = toast.tone === 'ok' ? IconCircleCheck : IconAlertTriangle;
  return (
    <li className={styles.toast} role={failed ? 'alert' : 'status'} data-testid="toast">
      <span className={tones[toast.tone]}>
        <Icon size={16} aria-hidden="true" />
      </span>
      <span className="grow">{toast.failure ? failureText(toast.failure) : toast.text}</span>
      {toast.action ? (
        <Button
          size="sm"
          data-testid="toast-action"
          onClick={() => {
            toast.action?.run();
            closeToast(toast.id);
          }}
        >
          {toast.action.label}
        </Button>
      ) : null}
      <IconButton
        label={t('actions.close')}
        icon={<IconX size={14} aria-hidden="true" />}
        onClick={() => closeToast(toast.id)}
      />
    </li>
  );
}

/** Short messages in the corner: done ones go by themselves, failures stay until closed. */
export function Toasts() {
  const toasts = useWindow((state) => state.toasts);
  return (
    <ul className={styles.toasts}>
      {toasts.map((toast) => (
        <ToastLine key={toast.id} toast={toast} />
      ))}
    </ul>
  );
}

import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '#shared/result.ts';
import { useInvoke } from '../../app/bridge.tsx';
import { useDesk } from '../../store/desk.ts';
import { openDialog, tell, useWindow } from '../../store/window.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { FormFailure } from '../fields/FormFrame.tsx';
import { OwnPasswordFields } from './OwnPasswordFields.tsx';
import { useOwnPassword } from './ownPassword.ts';
import styles from './users.module.css';

function ChangeForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('users');
  const invoke = useInvoke();
  const login = useDesk((desk) => desk.session.user?.login ?? '');
  const [password, setPassword] = useState('');
  const [missing, setMissing] = useState(false);
  const own = useOwnPassword({ login, former: password });
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const oldBox = useRef<HTMLInputElement>(null);
  const isWrong = failure?.code === 'wrong-credentials';

  const change = async (event: FormEvent) => {
    event.preventDefault();
    const newPassword = own.tried();
    setMissing(password === '');
    if (busy || password === '' || newPassword === null) return;
    setBusy(true);
    setFailure(null);
    const done = await invoke('session.changePassword', { password, newPassword });
    setBusy(false);
    if (done.ok) {
      tell(t('password.changed'));
      onDone();
      return;
    }
    setFailure(done.error);
    if (done.error.code === 'wrong-credentials') oldBox.current?.select();
  };
  const oldError = missing ? t('password.oldMissing') : isWrong ? t('password.oldWrong') : null;
  return (
    <form
      className={styles.dialog}
      aria-label={t('password.title')}
      data-testid="change-password"
      noValidate
      onSubmit={(event) => void change(event)}
    >
      <p className="muted">{t('password.about')}</p>
      <FormFailure title={t('password.failed')} failure={isWrong ? null : failure} />
      <Field label={t('password.old')} error={oldError}>
        {(control) => (
          <TextField
            {...control}
            ref={oldBox}
            type="password"
            autoComplete="current-password"
            data-autofocus
            data-testid="old-password"
            value={password}
            onChange={(event) => {
              setMissing(false);
              setFailure(null);
              setPassword(event.currentTarget.value);
            }}
          />
        )}
      </Field>
      <OwnPasswordFields own={own} />
      <div className={styles.dialogActions}>
        <Button onClick={onDone}>{t('common:actions.cancel')}</Button>
        <Button variant="solid" type="submit" aria-disabled={busy} data-testid="password-save">
          {t('password.save')}
        </Button>
      </div>
    </form>
  );
}

/** Another password of one's own; the old one is asked. */
export function ChangePassword() {
  const { t } = useTranslation('users');
  const opened = useWindow((state) => state.dialog === 'password');
  const close = () => openDialog(null);
  return (
    <Dialog opened={opened} onClose={close} title={t('password.title')} width={420}>
      {opened ? <ChangeForm onDone={close} /> : null}
    </Dialog>
  );
}

import { IconAlertCircle } from '@tabler/icons-react';
import { type FormEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useFailureText } from '../../i18n/useFailureText.ts';
import { Button } from '../../ui/Button.tsx';
import { OwnPasswordFields } from '../users/OwnPasswordFields.tsx';
import { useOwnPassword } from '../users/ownPassword.ts';
import styles from './SignInPage.module.css';
import type { Credentials, SignIn } from './useSignIn.ts';

/** Who comes with a one-time password chooses an own one before anything else. */
export function FirstPassword({
  signIn,
  given,
  onBack,
}: {
  signIn: SignIn;
  given: Credentials;
  onBack: () => void;
}) {
  const { t } = useTranslation('signIn');
  const failureText = useFailureText();
  const { login, password } = given;
  const own = useOwnPassword({ login, former: password });
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => box.current?.focus(), []);
  const { failure, busy } = signIn;
  const isAsked = failure?.code === 'password-change-needed';

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const newPassword = own.tried();
    if (newPassword === null) box.current?.focus();
    else void signIn.run({ ...given, newPassword });
  };
  return (
    <form
      className={styles.form}
      aria-label={t('first.title')}
      data-testid="first-password"
      noValidate
      onSubmit={submit}
    >
      <h1 className={styles.heading}>{t('first.title')}</h1>
      <p className="muted">{t('first.text', { login })}</p>
      <OwnPasswordFields
        own={own}
        firstBox={box}
        className={styles.next}
        frameClassName={styles.input}
      />
      {failure && !isAsked ? (
        <p
          className={styles.failure}
          role="alert"
          data-testid="sign-in-failure"
          data-code={failure.code}
        >
          <IconAlertCircle size={16} aria-hidden="true" />
          <span>{failureText(failure)}</span>
        </p>
      ) : null}
      <Button
        variant="solid"
        size="lg"
        type="submit"
        className={styles.submit}
        keys="Enter"
        aria-disabled={busy}
        data-testid="first-password-save"
      >
        {busy ? t('signingIn') : t('first.save')}
      </Button>
      <Button variant="ghost" className={styles.next ?? ''} onClick={onBack}>
        {t('first.back')}
      </Button>
    </form>
  );
}

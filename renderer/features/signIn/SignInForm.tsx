import { Checkbox } from '@mantine/core';
import {
  IconAlertCircle,
  IconCircleFilled,
  IconCoffee,
  IconEye,
  IconEyeOff,
  IconLock,
  IconUser,
} from '@tabler/icons-react';
import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFailureText } from '../../i18n/useFailureText.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { useDesk } from '../../store/desk.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Logo } from '../../ui/Logo.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { LanguageMenu } from './LanguageMenu.tsx';
import styles from './SignInPage.module.css';
import type { Credentials, SignIn, StartAs } from './useSignIn.ts';

interface Missing {
  login: boolean;
  password: boolean;
}

const nothingMissing: Missing = { login: false, password: false };

function Heading() {
  const { t } = useTranslation('signIn');
  const format = useFormat();
  const organisation = useDesk(
    ({ configuration, settings }) => configuration?.organisation ?? settings.organisation,
  );
  const server = useDesk((desk) => desk.session.server.url);
  return (
    <>
      <div className={styles.brand}>
        <span className="tone-accent">
          <Logo />
        </span>
        <b className={styles.product}>Switchboard</b>
        <LanguageMenu />
      </div>
      <h1 className={styles.heading}>{t('title')}</h1>
      <p className="muted cut">{organisation ? format.text(organisation) : server}</p>
    </>
  );
}

/** Login and password; what is missing or wrong stands at its field, the caret goes there. */
export function SignInForm({
  signIn,
  startAs,
  onStartAs,
  onFirst,
}: {
  signIn: SignIn;
  startAs: StartAs;
  onStartAs: (startAs: StartAs) => void;
  /** The password was a one-time one. */
  onFirst: (given: Credentials) => void;
}) {
  const { t } = useTranslation('signIn');
  const failureText = useFailureText();
  const remembered = useDesk((desk) => desk.settings.rememberedLogin);
  const [login, setLogin] = useState(remembered ?? '');
  const [password, setPassword] = useState('');
  const [remember, setRemember] = useState(remembered !== null);
  const [shown, setShown] = useState(false);
  const [missing, setMissing] = useState<Missing>(nothingMissing);
  const loginInput = useRef<HTMLInputElement>(null);
  const passwordInput = useRef<HTMLInputElement>(null);
  const startAsId = useId();
  const wrong = signIn.failure?.code === 'wrong-credentials';

  useEffect(() => {
    (remembered ? passwordInput : loginInput).current?.focus();
  }, [remembered]);

  async function run(given: Credentials): Promise<void> {
    const failure = await signIn.run(given);
    if (failure?.code === 'password-change-needed') onFirst(given);
    else if (failure) passwordInput.current?.select();
  }

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const empty = { login: login.trim() === '', password: password === '' };
    setMissing(empty);
    if (empty.login) loginInput.current?.focus();
    else if (empty.password) passwordInput.current?.focus();
    else await run({ login: login.trim(), password, remember });
  }

  function changed(): void {
    setMissing(nothingMissing);
    signIn.clear();
  }

  return (
    <form
      className={styles.form}
      aria-label={t('form')}
      noValidate
      onSubmit={(event) => void submit(event)}
    >
      <Heading />
      <Field
        label={t('login')}
        className={styles.first ?? ''}
        error={missing.login ? t('loginMissing') : undefined}
      >
        {(control) => (
          <TextField
            {...control}
            ref={loginInput}
            frameClassName={styles.input}
            name="login"
            autoComplete="username"
            autoCapitalize="off"
            spellCheck={false}
            aria-invalid={missing.login || wrong}
            lead={<IconUser size={16} aria-hidden="true" />}
            value={login}
            onChange={(event) => {
              setLogin(event.currentTarget.value);
              changed();
            }}
          />
        )}
      </Field>
      <Field
        label={t('password')}
        className={styles.next ?? ''}
        error={missing.password ? t('passwordMissing') : undefined}
      >
        {(control) => (
          <TextField
            {...control}
            ref={passwordInput}
            frameClassName={styles.input}
            name="password"
            type={shown ? 'text' : 'password'}
            autoComplete="current-password"
            aria-invalid={missing.password || wrong}
            lead={<IconLock size={16} aria-hidden="true" />}
            trail={
              <IconButton
                label={shown ? t('hidePassword') : t('showPassword')}
                aria-pressed={shown}
                icon={
                  shown ? (
                    <IconEyeOff size={16} aria-hidden="true" />
                  ) : (
                    <IconEye size={16} aria-hidden="true" />
                  )
                }
                onClick={() => setShown(!shown)}
              />
            }
            value={password}
            onChange={(event) => {
              setPassword(event.currentTarget.value);
              changed();
            }}
          />
        )}
      </Field>
      {signIn.failure ? (
        <p
          className={styles.failure}
          role="alert"
          data-testid="sign-in-failure"
          data-code={signIn.failure.code}
        >
          <IconAlertCircle size={16} aria-hidden="true" />
          <span>{failureText(signIn.failure)}</span>
        </p>
      ) : null}
      <Checkbox
        className={styles.next ?? ''}
        label={t('remember')}
        checked={remember}
        onChange={(event) => setRemember(event.currentTarget.checked)}
      />
      <Button
        variant="solid"
        size="lg"
        type="submit"
        className={styles.submit}
        keys="Enter"
        aria-disabled={signIn.busy}
        data-testid="sign-in"
      >
        {signIn.busy ? t('signingIn') : t('signIn')}
      </Button>
      <div className={styles.startAs}>
        <span id={startAsId} className="muted grow">
          {t('startAs')}
        </span>
        <Segmented
          labelledBy={startAsId}
          className={styles.segments ?? ''}
          value={startAs}
          onChange={onStartAs}
          options={[
            {
              value: 'break',
              label: t('common:agentState.break'),
              icon: <IconCoffee size={14} aria-hidden="true" />,
            },
            {
              value: 'ready',
              label: t('common:agentState.ready'),
              icon: <IconCircleFilled size={12} aria-hidden="true" />,
            },
          ]}
        />
      </div>
    </form>
  );
}

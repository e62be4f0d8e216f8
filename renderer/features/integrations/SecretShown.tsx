import { IconCopy, IconKey } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { tell } from '../../store/window.ts';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from './integrations.module.css';
import { type FreshSecret, forgetSecret } from './secretStore.ts';

/** A secret that was made just now, to be copied; it stays until somebody says that it is stored. */
export function SecretShown({ fresh }: { fresh: FreshSecret }) {
  const { t } = useTranslation('integrations');
  const box = useRef<HTMLInputElement>(null);
  const copyButton = useRef<HTMLButtonElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever another one is shown
  useEffect(() => copyButton.current?.focus(), [fresh.secret]);
  const copy = () => {
    box.current?.select();
    // Unlike the clipboard's own interface it needs no permission, which neither shell gives to pages.
    const copied = document.execCommand('copy');
    tell(t(copied ? 'copied' : 'copyFailed'));
    if (copied) copyButton.current?.focus();
  };
  const title = t(`secret.${fresh.kind}`, { name: fresh.name });
  return (
    <section className={styles.secret} aria-label={title} data-testid="secret-shown">
      <h2 className={styles.secretHead}>
        <IconKey size={16} aria-hidden="true" />
        <span className="cut">{title}</span>
      </h2>
      <p className="small">
        {t(fresh.kind === 'password' ? 'secret.oncePassword' : 'secret.once')}
      </p>
      <div className={styles.secretLine}>
        <TextField
          ref={box}
          readOnly
          value={fresh.secret}
          aria-label={title}
          frameClassName={styles.secretBox}
          data-testid="secret"
          onFocus={(event) => event.currentTarget.select()}
        />
        <Button
          ref={copyButton}
          icon={<IconCopy size={16} aria-hidden="true" />}
          data-testid="secret-copy"
          onClick={copy}
        >
          {t('copy')}
        </Button>
        <Button data-testid="secret-stored" onClick={forgetSecret}>
          {t('secret.done')}
        </Button>
      </div>
    </section>
  );
}

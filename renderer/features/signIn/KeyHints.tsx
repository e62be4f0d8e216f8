import { useTranslation } from 'react-i18next';
import { keysOf, type ShortcutId } from '../../app/hotkeys.ts';
import { KeyCap } from '../../ui/KeyCap.tsx';
import styles from './SignInPage.module.css';

const hints: ShortcutId[] = ['call.answer', 'work.ticket', 'wrapUp.finish', 'work.keys'];

/** The four keys of a call, for whoever comes without practice. */
export function KeyHints() {
  const { t } = useTranslation('signIn');
  return (
    <section aria-labelledby="key-hints" className={styles.practice}>
      <h2 id="key-hints" className={styles.practiceTitle}>
        {t('hints.title')}
      </h2>
      <p className="muted">{t('hints.text')}</p>
      <ul className={styles.users}>
        {hints.map((id) => (
          <li key={id} className={styles.hint}>
            <span className="grow">{t(`shell:keys.${id.replace('.', '-')}`)}</span>
            <KeyCap keys={keysOf(id)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

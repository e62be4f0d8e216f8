import { useTranslation } from 'react-i18next';
import { hrefOf, useRoute } from '../../app/routes.ts';
import styles from './administration.module.css';
import { SettingEditor } from './SettingEditor.tsx';
import { sections } from './sections.tsx';

/** What holds for everybody: its parts on the left, the editor of the chosen one beside them. */
export function AdministrationPage() {
  const { t } = useTranslation('administration');
  const { id } = useRoute();
  const chosen = sections.find((section) => section.id === id) ?? sections[0];
  return (
    <div className={styles.page} data-region="3" data-testid="administration-page">
      <nav className={`scroll ${styles.list}`} aria-label={t('title')}>
        <h1 className={styles.title}>{t('title')}</h1>
        <ul>
          {sections.map((section) => (
            <li key={section.id}>
              <a
                className={styles.link}
                href={hrefOf('administration', section.id)}
                aria-current={section.id === chosen?.id ? 'page' : undefined}
                data-testid={`section-${section.id}`}
              >
                {t(`sections.${section.id}`)}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {chosen ? <SettingEditor key={chosen.key} section={chosen} /> : null}
    </div>
  );
}

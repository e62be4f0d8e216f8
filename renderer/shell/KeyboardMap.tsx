import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type ShortcutId, shortcutGroups, shortcuts } from '../app/hotkeys.ts';
import { openDialog } from '../store/window.ts';
import { KeyCap } from '../ui/KeyCap.tsx';
import styles from './KeyboardMap.module.css';

const ids = Object.keys(shortcuts) as ShortcutId[];

function shownKeys(id: ShortcutId): string {
  const shortcut = shortcuts[id];
  return 'shown' in shortcut ? shortcut.shown : shortcut.keys;
}

function alsoKeys(id: ShortcutId): string | null {
  const shortcut = shortcuts[id];
  return 'also' in shortcut ? shortcut.also : null;
}

/** Every key of the window, by step of the work. */
export function KeyboardMap({ opened }: { opened: boolean }) {
  const { t } = useTranslation('shell');
  return (
    <Modal
      opened={opened}
      onClose={() => openDialog(null)}
      title={t('keyboardMap')}
      size={1040}
      closeButtonProps={{ 'aria-label': t('common:actions.close') }}
    >
      <div className={styles.map}>
        {shortcutGroups.map((group) => (
          <section key={group} className={styles.group}>
            <h3 className={styles.head}>{t(`keyGroups.${group}`)}</h3>
            <dl>
              {ids
                .filter((id) => shortcuts[id].group === group)
                .map((id) => (
                  <div key={id} className={styles.line}>
                    <dt>{t(`keys.${id.replace('.', '-')}`)}</dt>
                    <dd>
                      <KeyCap keys={shownKeys(id)} />
                      {alsoKeys(id) ? <KeyCap keys={alsoKeys(id) ?? ''} /> : null}
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
      <p className="small">{t('keyRule')}</p>
    </Modal>
  );
}

import { IconAlertTriangle, IconCloudOff, IconHistory } from '@tabler/icons-react';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useShortcut } from '../../app/hotkeys.ts';
import { useFailureText } from '../../i18n/useFailureText.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import styles from './administration.module.css';
import type { Section } from './sections.tsx';
import { type SettingEditor, useSetting } from './useSetting.ts';
import { Versions } from './Versions.tsx';

const loadingWidths = [40, 80, 70, 80, 60];

/** The editor of one part, with what happens to it: saved, given up, an earlier version taken again. */
export function SectionEditor({ section }: { section: Section }) {
  const { t } = useTranslation('administration');
  const setting = useSetting(section.key);
  const [history, setHistory] = useState(false);
  useShortcut('work.save', () => {
    if (setting.changed && !setting.saving) void setting.save();
  });
  const name = t(`sections.${section.id}`);
  return (
    <section className={styles.section} aria-label={name}>
      <header className={styles.head}>
        <h2>{name}</h2>
        {setting.held && setting.held.version > 0 ? (
          <span className="muted">{t('version', { version: setting.held.version })}</span>
        ) : null}
        <span className="grow" />
        <Button
          icon={<IconHistory size={16} aria-hidden="true" />}
          aria-expanded={history}
          data-testid="setting-history"
          onClick={() => setHistory(!history)}
        >
          {t('history')}
        </Button>
        <Button
          disabled={!setting.changed || setting.saving}
          data-testid="setting-discard"
          onClick={setting.discard}
        >
          {t('discard')}
        </Button>
        <Button
          variant="solid"
          keys="Ctrl+S"
          disabled={!setting.changed || setting.saving || setting.overtaken}
          data-testid="setting-save"
          onClick={() => void setting.save()}
        >
          {t('save')}
        </Button>
      </header>
      <State setting={setting} />
      <div className={`scroll ${styles.body}`}>
        {history ? (
          <Versions
            settingKey={section.key}
            present={setting.held?.version ?? 0}
            onTake={(value) => {
              setting.change(value);
              setHistory(false);
            }}
          />
        ) : null}
        {setting.value ? (
          <Suspense fallback={<Skeleton widths={loadingWidths} />}>
            <section.Editor value={setting.value} onChange={setting.change} />
          </Suspense>
        ) : null}
        {setting.loading ? <Skeleton widths={loadingWidths} /> : null}
      </div>
    </section>
  );
}

function State({ setting }: { setting: SettingEditor }) {
  const { t } = useTranslation('administration');
  const failureText = useFailureText();
  const { failure, held, overtaken } = setting;
  if (overtaken) {
    return (
      <Banner
        icon={<IconAlertTriangle size={16} aria-hidden="true" />}
        title={t('overtaken.title')}
        text={t('overtaken.text')}
        actions={
          <>
            <Button size="sm" data-testid="setting-theirs" onClick={setting.discard}>
              {t('overtaken.theirs')}
            </Button>
            <Button size="sm" data-testid="setting-mine" onClick={setting.takeOver}>
              {t('overtaken.mine')}
            </Button>
          </>
        }
      />
    );
  }
  if (!failure) return null;
  if (held === null) {
    return (
      <EmptyState
        icon={<IconCloudOff size={24} aria-hidden="true" />}
        title={t('unreachable')}
        text={failureText(failure)}
        action={<Button onClick={setting.reload}>{t('again')}</Button>}
      />
    );
  }
  return (
    <Banner
      tone="error"
      icon={<IconAlertTriangle size={16} aria-hidden="true" />}
      title={t('notSaved')}
      text={failure.code === 'invalid-input' ? failure.message : failureText(failure)}
    />
  );
}

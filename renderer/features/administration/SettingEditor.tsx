import { IconAlertTriangle, IconCloudOff, IconHistory } from '@tabler/icons-react';
import { Suspense, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { settledValue, wholeValue } from '#shared/domain/settings/parts.ts';
import { useShortcut } from '../../app/hotkeys.ts';
import { goTo } from '../../app/routes.ts';
import { useFailureText } from '../../i18n/useFailureText.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import styles from './administration.module.css';
import { TriedToSave } from './flaws.ts';
import { changedBeside, givenBack, sectionOfPlace } from './sectionFields.ts';
import { type Section, sections } from './sections.tsx';
import { type Setting, useSetting } from './useSetting.ts';
import { Versions } from './Versions.tsx';

const loadingWidths = [40, 80, 70, 80, 60];

/** What cannot be saved as it stands gets the focus, and says why. */
function focusFlawed(body: HTMLElement | null): boolean {
  const flawed = body?.querySelector<HTMLElement>('[data-flawed="true"], [aria-invalid="true"]');
  flawed?.focus();
  return flawed !== null && flawed !== undefined;
}

/** The editor of one part. Pages that share it come and go; what was typed on them stays in hand. */
export function SettingEditor({ section }: { section: Section }) {
  const setting = useSetting(section.key);
  return <SectionPage key={section.id} section={section} setting={setting} />;
}

/** One page of a part, with what happens to it: saved, given up, an earlier version taken again. */
function SectionPage({ section, setting }: { section: Section; setting: Setting }) {
  const { t } = useTranslation('administration');
  const format = useFormat();
  const [history, setHistory] = useState(false);
  const [tried, setTried] = useState(false);
  // Another one begins without what could not be taken and still stands in its box.
  const [beginning, setBeginning] = useState(0);
  const body = useRef<HTMLDivElement>(null);
  const { held, value } = setting;
  const beside = held && value ? changedBeside(section, sections, value, held.value) : [];
  const name = t(`sections.${section.id}`);
  const besideWords =
    beside.length > 0
      ? t('beside', { pages: format.list(beside.map(({ id }) => t(`sections.${id}`))) })
      : undefined;

  async function save(): Promise<void> {
    setTried(true);
    if (focusFlawed(body.current)) return;
    if (await setting.save()) setTried(false);
  }

  function discard(): void {
    setTried(false);
    setBeginning(beginning + 1);
    if (beside.length === 0 || !held || !value) setting.discard();
    else setting.change(givenBack(section, value, held.value));
  }

  function take(earlier: Record<string, unknown>): void {
    const whole = wholeValue(section.key, earlier);
    if (whole) setting.change(settledValue(section.key, whole, held?.value));
    setHistory(false);
  }

  useShortcut('work.save', () => {
    if (setting.changed && !setting.saving) void save();
  });
  return (
    <section className={styles.section} aria-label={name}>
      <header className={styles.head}>
        <h2>{name}</h2>
        {held && held.version > 0 ? (
          <span className="muted">{t('version', { version: held.version })}</span>
        ) : null}
        <span className="grow small cut" title={besideWords} data-testid="setting-beside">
          {besideWords}
        </span>
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
          onClick={discard}
        >
          {t('discard')}
        </Button>
        <Button
          variant="solid"
          keys="Ctrl+S"
          disabled={!setting.changed || setting.saving || setting.overtaken}
          data-testid="setting-save"
          onClick={() => void save()}
        >
          {t('save')}
        </Button>
      </header>
      <State section={section} setting={setting} />
      <div ref={body} className={`scroll ${styles.body}`}>
        {history ? (
          <Versions settingKey={section.key} present={held?.version ?? 0} onTake={take} />
        ) : null}
        {value && held ? (
          <TriedToSave value={tried}>
            <Suspense fallback={<Skeleton widths={loadingWidths} />}>
              <section.Editor
                key={beginning}
                value={value}
                held={held.value}
                onChange={setting.change}
              />
            </Suspense>
          </TriedToSave>
        ) : null}
        {setting.loading ? <Skeleton widths={loadingWidths} /> : null}
      </div>
    </section>
  );
}

/** Of the place that a refusal names, the page on which it is mended. */
function useRefusal(section: Section): (place: string) => { text: string; page: Section } | null {
  const { t } = useTranslation('administration');
  return (message) => {
    const page = sectionOfPlace(section.key, message.split(':')[0] ?? '', sections);
    return page ? { text: t('refused', { page: t(`sections.${page.id}`) }), page } : null;
  };
}

function State({ section, setting }: { section: Section; setting: Setting }) {
  const { t } = useTranslation('administration');
  const failureText = useFailureText();
  const refusalOf = useRefusal(section);
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
  const refused = failure.code === 'invalid-input' ? refusalOf(failure.message) : null;
  const words = failure.code === 'invalid-input' ? failure.message : failureText(failure);
  const { page } = refused ?? { page: section };
  return (
    <Banner
      tone="error"
      icon={<IconAlertTriangle size={16} aria-hidden="true" />}
      title={t('notSaved')}
      text={refused?.text ?? words}
      actions={
        page.id === section.id ? null : (
          <Button
            size="sm"
            data-testid="setting-look"
            onClick={() => goTo('administration', page.id)}
          >
            {t('look')}
          </Button>
        )
      }
    />
  );
}

import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { type GivenView, givenViewNames } from './listQuery.ts';
import styles from './tickets.module.css';

/** The views that everybody has; `view` null: something else is shown. */
export function ViewTabs({
  view,
  onChange,
}: {
  view: GivenView | null;
  onChange: (view: GivenView) => void;
}) {
  const { t } = useTranslation('tickets');
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const at = view === null ? 0 : givenViewNames.indexOf(view);
    const next = step === undefined ? undefined : givenViewNames[at + step];
    if (!next) return;
    event.preventDefault();
    onChange(next);
    event.currentTarget.querySelector<HTMLElement>(`[data-view="${next}"]`)?.focus();
  };
  const reached = view ?? givenViewNames[0];
  return (
    <div role="tablist" aria-label={t('viewsLabel')} className={styles.tabs} onKeyDown={onKeyDown}>
      {givenViewNames.map((one) => (
        <button
          key={one}
          type="button"
          role="tab"
          data-view={one}
          data-testid={`tickets-${one}`}
          aria-selected={one === view}
          tabIndex={one === reached ? 0 : -1}
          className={styles.tab}
          onClick={() => onChange(one)}
        >
          {t(`views.${one}`)}
        </button>
      ))}
    </div>
  );
}

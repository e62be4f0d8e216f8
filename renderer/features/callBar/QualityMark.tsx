import { Tooltip } from '@mantine/core';
import { IconAntennaBars3, IconAntennaBars4, IconAntennaBars5 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CallQuality } from '#shared/domain/calls/callQuality.ts';
import styles from './LineState.module.css';

const icons = { good: IconAntennaBars5, fair: IconAntennaBars4, poor: IconAntennaBars3 } as const;

function ms(value: number | null): string {
  return value === null ? '–' : `${Math.round(value)} ms`;
}

function Details({ quality }: { quality: CallQuality }) {
  const { t } = useTranslation('callBar');
  const lines = [
    ['mos', quality.mos.toFixed(1)],
    ['loss', `${(quality.loss * 100).toFixed(1)} %`],
    ['jitter', ms(quality.jitterMs)],
    ['roundTrip', ms(quality.roundTripMs)],
  ] as const;
  return (
    <dl className={styles.measures}>
      {lines.map(([name, value]) => (
        <div key={name}>
          <dt>{t(`quality.${name}`)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** How the line sounds: bars and a word; figures on hover and focus. */
export function QualityMark({ quality }: { quality: CallQuality }) {
  const { t } = useTranslation('callBar');
  const Icon = icons[quality.level];
  return (
    <Tooltip
      label={<Details quality={quality} />}
      position="bottom-start"
      events={{ hover: true, focus: true, touch: true }}
      classNames={{ tooltip: styles.tooltip ?? '' }}
      openDelay={150}
    >
      <button
        type="button"
        className={styles.mark}
        aria-label={t('quality.label', {
          level: t(`quality.${quality.level}`),
          mos: quality.mos.toFixed(1),
        })}
        data-testid="quality"
        data-level={quality.level}
      >
        <Icon size={16} aria-hidden="true" />
        {t(`quality.${quality.level}`)}
      </button>
    </Tooltip>
  );
}

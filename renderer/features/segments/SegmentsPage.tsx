import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { SegmentRule } from '#shared/domain/segments/segmentRule.ts';
import {
  type StandingSegment,
  standingSegments,
} from '#shared/domain/segments/standingSegments.ts';
import { useQuery } from '../../app/bridge.tsx';
import { goTo, hrefOf, useRoute } from '../../app/routes.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { Button } from '../../ui/Button.tsx';
import { freshCondition } from './conditions.ts';
import { pickedRule, pickRule } from './picked.ts';
import { SegmentView } from './SegmentView.tsx';
import styles from './segments.module.css';
import { ValueSummary } from './ValueSummary.tsx';

const standing = Object.keys(standingSegments) as StandingSegment[];
const fresh = 'new';
const newRule: SegmentRule = { match: 'all', conditions: [freshCondition('valueClass')] };

/** Customers who belong together: lists that every centre has, and those that somebody made. */
export function SegmentsPage() {
  const { t } = useTranslation('segments');
  const format = useFormat();
  const { id } = useRoute();
  const saved = useQuery('segments.saved', {}, ['segment']);
  const own = saved.data?.find((segment) => segment.id === id) ?? null;
  const isNew = id === fresh;
  const shown = standing.find((one) => one === id) ?? (own || isNew ? null : standing[0]);
  const rule = own?.rule ?? (shown ? standingSegments[shown] : (pickedRule() ?? newRule));
  const link = (to: string, name: string, current: boolean) => (
    <li key={to}>
      <a
        className={styles.link}
        href={hrefOf('segments', to)}
        aria-current={current ? 'page' : undefined}
        data-testid={`segment-${to}`}
      >
        <span className="cut">{name}</span>
      </a>
    </li>
  );
  return (
    <div className={styles.page} data-region="3" data-testid="segments-page">
      <nav className={`scroll ${styles.list}`} aria-label={t('title')}>
        <h1>{t('title')}</h1>
        <h2>{t('lists.standing')}</h2>
        <ul>{standing.map((one) => link(one, t(`standing.${one}`), one === shown))}</ul>
        <h2>{t('lists.own')}</h2>
        <ul>
          {(saved.data ?? []).map((one) =>
            link(one.id, format.text(one.name) || one.name.en, one.id === own?.id),
          )}
        </ul>
        {saved.data?.length === 0 ? <p className="muted">{t('lists.none')}</p> : null}
        <Button
          icon={<IconPlus size={16} aria-hidden="true" />}
          data-testid="segment-create"
          onClick={() => {
            pickRule(null);
            goTo('segments', fresh);
          }}
        >
          {t('lists.create')}
        </Button>
      </nav>
      <div className={`scroll ${styles.main}`}>
        <ValueSummary
          onPick={(picked) => {
            pickRule(picked);
            goTo('segments', fresh);
          }}
        />
        <SegmentView
          key={`${id ?? ''} ${isNew ? JSON.stringify(rule) : ''}`}
          segment={own}
          name={shown ? t(`standing.${shown}`) : null}
          about={shown ? t(`about.${shown}`) : null}
          rule={rule}
        />
      </div>
    </div>
  );
}

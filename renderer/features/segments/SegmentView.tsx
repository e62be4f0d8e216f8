import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SavedSegment } from '#shared/contract/methods/segments.ts';
import { type SegmentRule, segmentRuleSchema } from '#shared/domain/segments/segmentRule.ts';
import type { Bilingual } from '#shared/domain/text/text.ts';
import { useQuery, useRun } from '../../app/bridge.tsx';
import { goTo } from '../../app/routes.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { useDesk } from '../../store/desk.ts';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { MemberList } from './MemberList.tsx';
import { RuleEditor } from './RuleEditor.tsx';
import styles from './segments.module.css';
import { useSettled } from './useSettled.ts';

const settleMs = 300;

/** One segment: its rule, how many it holds while the rule is edited, and who they are. */
export function SegmentView({
  segment,
  name,
  about,
  rule: given,
}: {
  segment: SavedSegment | null;
  /** Of a standing list; null where it can be named. */
  name: string | null;
  about: string | null;
  rule: SegmentRule;
}) {
  const { t } = useTranslation('segments');
  const format = useFormat();
  const run = useRun();
  const currency = useDesk((desk) => desk.configuration?.currency ?? 'CNY');
  const [rule, setRule] = useState(given);
  const [names, setNames] = useState<Bilingual>(segment?.name ?? { en: '', 'zh-CN': '' });
  const [nameless, setNameless] = useState(false);
  const valid = segmentRuleSchema.safeParse(rule).success;
  const settled = useSettled(rule, settleMs);
  const asked = valid && settled === rule ? settled : null;
  const count = useQuery('segments.count', asked ? { rule: asked } : null);
  const changed = JSON.stringify([rule, names]) !== JSON.stringify([given, segment?.name ?? names]);

  async function save(): Promise<void> {
    const filled = {
      en: names.en.trim() || names['zh-CN'].trim(),
      'zh-CN': names['zh-CN'].trim() || names.en.trim(),
    };
    setNameless(filled.en === '');
    if (filled.en === '') return;
    const kept = await run('segments.save', { id: segment?.id ?? null, name: filled, rule });
    if (kept) goTo('segments', kept.id);
  }

  async function retire(): Promise<void> {
    if (segment && (await run('segments.retire', { id: segment.id }))) goTo('segments');
  }

  return (
    <section aria-label={name ?? names.en}>
      {name ? (
        <div className={styles.viewHead}>
          <h2>{name}</h2>
          <p className="muted">{about}</p>
        </div>
      ) : null}
      {name && !changed ? null : (
        <div className={styles.names}>
          {(['en', 'zh-CN'] as const).map((language) => (
            <TextField
              key={language}
              lang={language}
              aria-label={t(`name.${language}`)}
              placeholder={t(`name.${language}`)}
              aria-invalid={nameless}
              maxLength={200}
              data-testid={`segment-name-${language}`}
              value={names[language]}
              onChange={(event) => setNames({ ...names, [language]: event.target.value })}
            />
          ))}
          <Button
            variant="solid"
            disabled={!valid || (segment !== null && !changed)}
            data-testid="segment-save"
            onClick={() => void save()}
          >
            {segment ? t('save') : t('saveNew')}
          </Button>
          {segment ? (
            <Button data-testid="segment-retire" onClick={() => void retire()}>
              {t('retire')}
            </Button>
          ) : null}
          {nameless ? (
            <p className={styles.problem} role="alert">
              {t('nameless')}
            </p>
          ) : null}
        </div>
      )}
      <RuleEditor rule={rule} currency={currency} onChange={setRule} />
      <p className={styles.count} role="status" data-testid="segment-count">
        {count.data
          ? t('customers', {
              count: count.data.count,
              formatted: format.number(count.data.count),
            })
          : null}
        {!count.data && !count.failure ? t('counting') : null}
      </p>
      {asked ? <MemberList key={JSON.stringify(asked)} rule={asked} currency={currency} /> : null}
    </section>
  );
}

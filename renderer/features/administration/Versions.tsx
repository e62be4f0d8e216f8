import { useTranslation } from 'react-i18next';
import type { SettingKey } from '#shared/domain/configuration.ts';
import { useQuery, useRun } from '../../app/bridge.tsx';
import { useFormat } from '../../i18n/useFormat.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './administration.module.css';

/** Every value that the part had, the newest first; one of them can be taken as a new beginning. */
export function Versions({
  settingKey,
  present,
  onTake,
}: {
  settingKey: SettingKey;
  present: number;
  onTake: (value: Record<string, unknown>) => void;
}) {
  const { t } = useTranslation('administration');
  const format = useFormat();
  const run = useRun();
  const versions = useQuery('configuration.versions', { key: settingKey }, ['setting']);
  async function take(version: number): Promise<void> {
    const state = await run('configuration.version', { key: settingKey, version });
    if (state) onTake(state.value);
  }
  const list = versions.data ?? [];
  return (
    <div className={styles.versions} data-testid="setting-versions">
      <h3>{t('history')}</h3>
      {list.length === 0 && !versions.loading ? <p className="muted">{t('noHistory')}</p> : null}
      <ul>
        {list.map(({ version, at, byName }) => (
          <li key={version} className={styles.version}>
            <span className="num">{version}</span>
            <span>{format.moment(at)}</span>
            <span className="cut">{byName === '' ? t('fromStart') : byName}</span>
            <Button
              size="sm"
              disabled={version === present}
              data-testid={`take-${version}`}
              onClick={() => void take(version)}
            >
              {t('take')}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}

import { IconListCheck, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useQuery } from '../../app/bridge.tsx';
import { goTo, hrefOf, useRoute } from '../../app/routes.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { useDesk } from '../../store/desk.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Pill } from '../../ui/Pill.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { ListFailed } from '../tickets/ListStates.tsx';
import { ScriptEditor } from './ScriptEditor.tsx';
import styles from './scripts.module.css';

const newScript = 'new';
const noQueues: readonly never[] = [];

/** Scripts at the left, the editor of the chosen one beside them, and a walk through it. */
export function ScriptsPage() {
  const { t } = useTranslation(['scripts', 'common']);
  const { id } = useRoute();
  const format = useFormat();
  const queues = useDesk((desk) => desk.configuration?.queues ?? noQueues);
  const { data, failure, reload } = useQuery('scripts.list', {}, ['script']);
  const chosen = data?.find((one) => one.id === id) ?? null;
  const opened = id === newScript || chosen !== null;
  const queueNames = (ids: readonly string[]) =>
    ids.length === 0
      ? t('allQueues')
      : format.list(
          queues.filter((queue) => ids.includes(queue.id)).map((queue) => format.text(queue.name)),
        );
  return (
    <div className={styles.page} data-empty={!opened} data-region="3" data-testid="scripts-page">
      <section className={styles.column} aria-label={t('title')}>
        <header className={styles.pageHead}>
          <h1 className="grow">{t('title')}</h1>
          <Button
            size="sm"
            icon={<IconPlus size={14} aria-hidden="true" />}
            data-testid="script-new"
            onClick={() => goTo('scripts', newScript)}
          >
            {t('new')}
          </Button>
        </header>
        {failure ? <ListFailed title={t('listFailed')} failure={failure} onAgain={reload} /> : null}
        {!data && !failure ? <Skeleton widths={[70, 50, 60]} /> : null}
        {data?.length === 0 ? (
          <EmptyState
            icon={<IconListCheck size={20} aria-hidden="true" />}
            title={t('none')}
            text={t('noneText')}
          />
        ) : null}
        <ul className="scroll">
          {(data ?? []).map((script) => (
            <li key={script.id}>
              <a
                className={styles.item}
                href={hrefOf('scripts', script.id)}
                aria-current={script.id === id}
                data-testid="script-row"
              >
                <span className="row">
                  <span className="cut grow medium">{format.text(script.name)}</span>
                  {script.retired ? (
                    <Pill>{t('retired')}</Pill>
                  ) : script.active ? null : (
                    <Pill tone="warn">{t('inactive')}</Pill>
                  )}
                </span>
                <span className="small cut">
                  {t(`directions.${script.direction}`)} · {queueNames(script.queueIds)}
                </span>
                {script.waiting ? <span className="small">{t('common:notSent')}</span> : null}
              </a>
            </li>
          ))}
        </ul>
      </section>
      {opened ? (
        <ScriptEditor
          key={id}
          script={chosen}
          onDone={(saved) => goTo('scripts', saved ?? chosen?.id ?? null)}
        />
      ) : (
        <section className={styles.column}>
          <EmptyState
            icon={<IconListCheck size={20} aria-hidden="true" />}
            title={t('choose')}
            text={t('chooseText')}
          />
        </section>
      )}
    </div>
  );
}

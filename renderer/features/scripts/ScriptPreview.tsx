import { IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ScriptFields } from '#shared/contract/methods/knowledge.ts';
import { proposalOf, type ScriptStep, walk } from '#shared/domain/knowledge/scriptFlow.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { useDesk } from '../../store/desk.ts';
import { Button } from '../../ui/Button.tsx';
import { pathText } from '../fields/pathSearch.ts';
import { Step, Trail } from './ScriptSteps.tsx';
import styles from './scripts.module.css';

const noDispositions: readonly never[] = [];

/** The script as an agent walks it, with what it would propose for the wrap-up. */
export function ScriptPreview({ script }: { script: ScriptFields }) {
  const { t } = useTranslation('scripts');
  const format = useFormat();
  const { language } = format;
  const dispositions = useDesk((desk) => desk.configuration?.dispositions ?? noDispositions);
  const [steps, setSteps] = useState<ScriptStep[]>([]);
  const [text, setText] = useState('');
  const { taken, node } = walk(script, steps);
  const { dispositionId, tags } = proposalOf(script, taken);
  const disposition = dispositions.find(({ id }) => id === dispositionId);
  return (
    <section
      className={styles.column}
      aria-label={t('editor.preview')}
      data-testid="script-preview"
    >
      <header className={styles.pageHead}>
        <h2 className="grow">{t('editor.preview')}</h2>
        {taken.length > 0 ? (
          <Button
            size="sm"
            variant="ghost"
            icon={<IconRefresh size={14} aria-hidden="true" />}
            onClick={() => setSteps([])}
          >
            {t('run.again')}
          </Button>
        ) : null}
      </header>
      <div className={`scroll ${styles.body}`}>
        {script.nodes.length === 0 ? <p className="muted">{t('editor.previewEmpty')}</p> : null}
        <Trail nodes={script.nodes} steps={taken} />
        {node ? (
          <Step
            node={node}
            text={text}
            bound={false}
            onText={setText}
            onAnswer={(answerId) => {
              const said = node.asksText ? text.trim() : '';
              setSteps([...taken, { nodeId: node.id, answerId, text: said }]);
              setText('');
            }}
          />
        ) : null}
        {node === null && taken.length > 0 ? <p className="small">{t('run.done')}</p> : null}
        {disposition ? (
          <p className="small">
            {format.labelled(t('editor.disposition'), pathText(disposition, language))}
          </p>
        ) : null}
        {tags.length > 0 ? (
          <p className="small">{format.labelled(t('editor.tag'), format.list(tags))}</p>
        ) : null}
      </div>
    </section>
  );
}

import { IconAlertCircle, IconArchive, IconArchiveOff, IconPlus } from '@tabler/icons-react';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ScriptFields, ScriptView } from '#shared/contract/methods/knowledge.ts';
import { scriptProblems } from '#shared/domain/knowledge/scriptFlow.ts';
import type { Failure } from '#shared/result.ts';
import { useInvoke, useRun } from '../../app/bridge.tsx';
import { keysOf, useShortcut } from '../../app/hotkeys.ts';
import { useDirtyForm } from '../../store/window.ts';
import { Button } from '../../ui/Button.tsx';
import { DraftMark } from '../fields/DraftMark.tsx';
import { FormFailure, FormFrame } from '../fields/FormFrame.tsx';
import { useDraft } from '../fields/useDraft.ts';
import { NodeEditor } from './NodeEditor.tsx';
import { ScriptHead } from './ScriptHead.tsx';
import { ScriptPreview } from './ScriptPreview.tsx';
import {
  changeNode,
  emptyScript,
  fieldsOfScript,
  readScriptDraft,
  withNode,
  withoutNode,
} from './scriptEdits.ts';
import styles from './scripts.module.css';

/** Steps, answers and where they lead; what is wrong stands at the step, and the script can be walked beside. */
export function ScriptEditor({
  script,
  onDone,
}: {
  /** Null: a new one. */
  script: ScriptView | null;
  onDone: (savedId: string | null) => void;
}) {
  const { t } = useTranslation(['scripts', 'fields']);
  const invoke = useInvoke();
  const run = useRun();
  const key = `script-editor:${script?.id ?? 'new'}`;
  const initial = useMemo(
    () => ({ script: script ? fieldsOfScript(script) : emptyScript() }),
    [script],
  );
  const draft = useDraft(key, initial, readScriptDraft);
  const [saving, setSaving] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const edited = draft.value.script;
  const problems = useMemo(() => scriptProblems(edited), [edited]);
  const change = (next: ScriptFields) => draft.change({ script: next });
  useDirtyForm(key, draft.dirty);

  const save = async () => {
    if (saving) return;
    const [first] = problems;
    if (first && edited.active) {
      const at = first.nodeId ?? edited.startId;
      form.current?.querySelector<HTMLElement>(`[data-node="${at}"] textarea`)?.focus();
      return;
    }
    setSaving(true);
    setFailure(null);
    const wish = { scriptId: script?.id ?? null, fields: edited };
    const result = await invoke('scripts.save', wish);
    setSaving(false);
    if (!result.ok) {
      setFailure(result.error);
      return;
    }
    await draft.drop();
    onDone(result.value.id);
  };
  useShortcut('work.save', () => void save());
  const add = () => {
    change(withNode(edited));
    requestAnimationFrame(() => {
      const steps = form.current?.querySelectorAll<HTMLElement>('[data-node]');
      steps
        ?.item(steps.length - 1)
        ?.querySelector('textarea')
        ?.focus();
    });
  };

  return (
    <>
      <div className={styles.column}>
        <FormFrame
          label={t('editor.region')}
          testId="script-editor"
          title={t('editor.region')}
          note={script ? t('editor.edition', { edition: script.edition }) : undefined}
          mark={<DraftMark draft={draft} />}
          formRef={form}
          onBlur={draft.flush}
          foot={
            <>
              <Button
                variant="solid"
                keys={keysOf('work.save')}
                data-testid="script-save"
                onClick={() => void save()}
              >
                {saving ? t('fields:saving') : t('editor.save')}
              </Button>
              {problems.length > 0 ? (
                <span className={styles.problem} role="status" data-testid="script-problems">
                  <IconAlertCircle size={14} aria-hidden="true" />
                  {t('editor.problems', { count: problems.length })}
                </span>
              ) : null}
              <span className="grow" />
              {script ? (
                <Button
                  variant="ghost"
                  icon={
                    script.retired ? (
                      <IconArchiveOff size={14} aria-hidden="true" />
                    ) : (
                      <IconArchive size={14} aria-hidden="true" />
                    )
                  }
                  onClick={() =>
                    void run('scripts.retire', { scriptId: script.id, on: !script.retired })
                  }
                >
                  {t(script.retired ? 'editor.bringBack' : 'editor.retire')}
                </Button>
              ) : null}
              <Button
                variant="ghost"
                data-testid="script-discard"
                onClick={() => void draft.drop().then(() => onDone(null))}
              >
                {t('editor.discard')}
              </Button>
            </>
          }
        >
          <FormFailure title={t('editor.failed')} failure={failure} />
          <div className={styles.form}>
            <ScriptHead script={edited} problems={problems} onChange={change} />
            {edited.nodes.map((node, index) => (
              <NodeEditor
                key={node.id}
                number={index + 1}
                node={node}
                nodes={edited.nodes}
                problems={problems.filter(({ nodeId }) => nodeId === node.id)}
                onChange={(next) => change(changeNode(edited, node.id, next))}
                onRemove={() => change(withoutNode(edited, node.id))}
              />
            ))}
            <span>
              <Button
                icon={<IconPlus size={14} aria-hidden="true" />}
                data-testid="script-add"
                onClick={add}
              >
                {t('editor.add')}
              </Button>
            </span>
          </div>
        </FormFrame>
      </div>
      <ScriptPreview script={edited} />
    </>
  );
}

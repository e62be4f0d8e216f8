import {
  IconArrowBackUp,
  IconChevronDown,
  IconChevronRight,
  IconListCheck,
} from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ScriptView, scriptDraftSchema } from '#shared/contract/methods/knowledge.ts';
import type { DeskCall } from '#shared/contract/models/calls.ts';
import { type ScriptStep, walk } from '#shared/domain/knowledge/scriptFlow.ts';
import { keysOf, useShortcut } from '../../app/hotkeys.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { KeyCap } from '../../ui/KeyCap.tsx';
import { useDraft } from '../fields/useDraft.ts';
import { Step, Trail } from './ScriptSteps.tsx';
import styles from './scripts.module.css';

interface Walked {
  scriptId: string;
  steps: ScriptStep[];
  /** Half-typed answer of the node that stands open. */
  text: string;
}

function readWalked(scriptId: string) {
  return (stored: unknown): Partial<Walked> | null => {
    const read = scriptDraftSchema.safeParse(stored);
    // The centre has another script for such calls now: what was answered to the old one stays with it.
    if (!read.success || read.data.scriptId !== scriptId) return null;
    const text =
      typeof stored === 'object' && stored !== null && 'text' in stored ? stored.text : '';
    return { steps: read.data.steps, text: typeof text === 'string' ? text : '' };
  };
}

/** The script of a call, walked by keys; the way is kept as it is walked and lands in the wrap-up. */
export function ScriptRunner({ script, call }: { script: ScriptView; call: DeskCall }) {
  const { t } = useTranslation('scripts');
  const format = useFormat();
  const initial: Walked = { scriptId: script.id, steps: [], text: '' };
  const draft = useDraft<Walked>(`script:${call.id}`, initial, readWalked(script.id));
  const [opened, setOpened] = useState(true);
  const body = useRef<HTMLDivElement>(null);
  const moved = useRef(false);
  const { taken, node } = walk(script, draft.value.steps);
  const talking = call.state === 'talking' || call.state === 'held';
  const focusStep = () => body.current?.querySelector<HTMLElement>('textarea, button')?.focus();
  useShortcut('call.script', () => {
    setOpened(true);
    requestAnimationFrame(focusStep);
  });
  useEffect(() => {
    // The caret follows the walk only where it stood in it.
    if (moved.current && node) focusStep();
    moved.current = false;
  });
  const answer = (answerId: string | null) => {
    if (!node) return;
    moved.current = body.current?.contains(document.activeElement) ?? false;
    const text = node.asksText ? draft.value.text.trim() : '';
    const step = { nodeId: node.id, answerId, text };
    draft.change({ scriptId: script.id, steps: [...taken, step], text: '' });
    draft.flush();
  };
  const back = () => {
    const last = taken.at(-1);
    draft.change({ scriptId: script.id, steps: taken.slice(0, -1), text: last?.text ?? '' });
    draft.flush();
  };
  const Chevron = opened ? IconChevronDown : IconChevronRight;
  return (
    <section className={styles.block} aria-label={t('run.region')} data-testid="script-runner">
      <header className={styles.head}>
        <button
          type="button"
          className={styles.fold}
          aria-expanded={opened}
          onClick={() => setOpened(!opened)}
        >
          <Chevron size={14} aria-hidden="true" />
          <IconListCheck size={16} aria-hidden="true" />
          <span className="cut">{format.text(script.name)}</span>
        </button>
        {taken.length > 0 ? (
          <IconButton
            label={t('run.back')}
            icon={<IconArrowBackUp size={16} aria-hidden="true" />}
            data-testid="script-back"
            onClick={back}
          />
        ) : null}
        <KeyCap keys={keysOf('call.script')} />
      </header>
      {opened ? (
        <div ref={body}>
          <Trail nodes={script.nodes} steps={taken} />
          {node ? (
            <Step
              node={node}
              text={draft.value.text}
              bound={talking}
              onText={(text) => draft.change({ scriptId: script.id, steps: taken, text })}
              onAnswer={answer}
            />
          ) : (
            <p className="small" data-testid="script-done">
              {t('run.done')}
            </p>
          )}
        </div>
      ) : null}
    </section>
  );
}

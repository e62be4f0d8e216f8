import { IconAlertCircle, IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Disposition } from '#shared/domain/configuration.ts';
import type { ScriptNode } from '#shared/domain/knowledge/knowledge.ts';
import type { ScriptProblem } from '#shared/domain/knowledge/scriptFlow.ts';
import { maxLineLength } from '#shared/domain/primitives.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { useDesk } from '../../store/desk.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { TextField } from '../../ui/TextField.tsx';
import fields from '../fields/fields.module.css';
import { pathText } from '../fields/pathSearch.ts';
import { changeAnswer, type ScriptAnswer, withAnswer, withoutAnswer } from './scriptEdits.ts';
import styles from './scripts.module.css';

const theEnd = '';
const noDispositions: Disposition[] = [];

function NextSelect({
  next,
  nodes,
  onChange,
}: {
  next: string | null;
  nodes: readonly ScriptNode[];
  onChange: (next: string | null) => void;
}) {
  const { t } = useTranslation('scripts');
  const gone = next !== null && !nodes.some(({ id }) => id === next);
  return (
    <select
      className={fields.select}
      aria-label={t('editor.next')}
      aria-invalid={gone}
      data-testid="script-next-select"
      value={next ?? theEnd}
      onChange={(event) => onChange(event.target.value === theEnd ? null : event.target.value)}
    >
      <option value={theEnd}>{t('editor.end')}</option>
      {gone ? <option value={next}>{t('editor.unknownStep')}</option> : null}
      {nodes.map((node, index) => (
        <option key={node.id} value={node.id}>
          {t('editor.step', { number: index + 1 })}
        </option>
      ))}
    </select>
  );
}

function AnswerRow({
  answer,
  nodes,
  onChange,
  onRemove,
}: {
  answer: ScriptAnswer;
  nodes: readonly ScriptNode[];
  onChange: (patch: Partial<ScriptAnswer>) => void;
  onRemove: () => void;
}) {
  const { t } = useTranslation('scripts');
  const { language } = useFormat();
  const all = useDesk((desk) => desk.configuration?.dispositions ?? noDispositions);
  const dispositions = all.filter(({ id, retired }) => !retired || id === answer.dispositionId);
  const { text } = answer;
  return (
    <div className={styles.answerRow}>
      <TextField
        lang="en"
        aria-label={t('editor.answerEn')}
        placeholder={t('editor.answerEn')}
        value={text.en}
        onChange={(event) => onChange({ text: { ...text, en: event.target.value } })}
      />
      <TextField
        lang="zh-CN"
        aria-label={t('editor.answerZh')}
        placeholder={t('editor.answerZh')}
        value={text['zh-CN']}
        onChange={(event) => onChange({ text: { ...text, 'zh-CN': event.target.value } })}
      />
      <NextSelect next={answer.next} nodes={nodes} onChange={(next) => onChange({ next })} />
      <IconButton
        label={t('editor.removeAnswer')}
        icon={<IconTrash size={14} aria-hidden="true" />}
        onClick={onRemove}
      />
      <select
        className={fields.select}
        aria-label={t('editor.disposition')}
        value={answer.dispositionId ?? ''}
        onChange={(event) =>
          onChange({ dispositionId: event.target.value === '' ? null : event.target.value })
        }
      >
        <option value="">{t('editor.noDisposition')}</option>
        {dispositions.map((one) => (
          <option key={one.id} value={one.id}>
            {pathText(one, language)}
          </option>
        ))}
      </select>
      <TextField
        aria-label={t('editor.tag')}
        placeholder={t('editor.tag')}
        maxLength={maxLineLength}
        value={answer.tag ?? ''}
        onChange={(event) =>
          onChange({ tag: event.target.value === '' ? null : event.target.value })
        }
      />
    </div>
  );
}

/** One step: what to say, its answers and where each leads, and what is wrong with it. */
export function NodeEditor({
  number,
  node,
  nodes,
  problems,
  onChange,
  onRemove,
}: {
  number: number;
  node: ScriptNode;
  nodes: readonly ScriptNode[];
  problems: readonly ScriptProblem[];
  onChange: (node: ScriptNode) => void;
  onRemove: () => void;
}) {
  const { t } = useTranslation('scripts');
  const { say } = node;
  const kinds = [...new Set(problems.map(({ kind }) => kind))];
  return (
    <section
      className={styles.node}
      aria-label={t('editor.step', { number })}
      data-bad={kinds.length > 0}
      data-node={node.id}
      data-testid="script-node"
    >
      <header className={styles.nodeHead}>
        <span className={styles.number}>{number}</span>
        <span className="grow">
          {kinds.map((kind) => (
            <span key={kind} className={styles.problem}>
              <IconAlertCircle size={14} aria-hidden="true" />
              {t(`problems.${kind}`)}
            </span>
          ))}
        </span>
        <IconButton
          label={t('editor.removeStep')}
          icon={<IconTrash size={14} aria-hidden="true" />}
          onClick={onRemove}
        />
      </header>
      <div className={styles.pair}>
        <textarea
          className={`${fields.area} ${styles.area}`}
          lang="en"
          aria-label={t('editor.sayEn')}
          placeholder={t('editor.sayEn')}
          data-testid="script-say-en"
          value={say.en}
          onChange={(event) => onChange({ ...node, say: { ...say, en: event.target.value } })}
        />
        <textarea
          className={`${fields.area} ${styles.area}`}
          lang="zh-CN"
          aria-label={t('editor.sayZh')}
          placeholder={t('editor.sayZh')}
          value={say['zh-CN']}
          onChange={(event) => onChange({ ...node, say: { ...say, 'zh-CN': event.target.value } })}
        />
      </div>
      <div className={styles.checks}>
        <label>
          <input
            type="checkbox"
            checked={node.asksText}
            onChange={(event) => onChange({ ...node, asksText: event.target.checked })}
          />
          {t('editor.asksText')}
        </label>
        {node.answers.length === 0 ? (
          <span className="row">
            <span className="small nowrap">{t('editor.next')}</span>
            <NextSelect
              next={node.next}
              nodes={nodes}
              onChange={(next) => onChange({ ...node, next })}
            />
          </span>
        ) : null}
      </div>
      {node.answers.map((answer) => (
        <AnswerRow
          key={answer.id}
          answer={answer}
          nodes={nodes}
          onChange={(patch) => onChange(changeAnswer(node, answer.id, patch))}
          onRemove={() => onChange(withoutAnswer(node, answer.id))}
        />
      ))}
      <span>
        <Button
          size="sm"
          icon={<IconPlus size={14} aria-hidden="true" />}
          data-testid="script-add-answer"
          disabled={node.answers.length >= 20}
          onClick={() => onChange(withAnswer(node))}
        >
          {t('editor.addAnswer')}
        </Button>
      </span>
    </section>
  );
}

import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { InputOf } from '#shared/contract/contract.ts';
import { wrapUpResults } from '#shared/domain/calls/call.ts';
import { demandsOf, type WrapUpGap } from '#shared/domain/calls/wrapUpRules.ts';
import type { Failure, Result } from '#shared/result.ts';
import { useInvoke, useQuery } from '../../app/bridge.tsx';
import { keysOf, useKeys, useShortcut } from '../../app/hotkeys.ts';
import { useDesk, usePart } from '../../store/desk.ts';
import { useDirtyForm } from '../../store/window.ts';
import { Button } from '../../ui/Button.tsx';
import { deskNow } from '../../ui/clock.ts';
import { DraftMark } from '../fields/DraftMark.tsx';
import { FieldsLeft, FormFailure, FormFrame } from '../fields/FormFrame.tsx';
import { useDraft } from '../fields/useDraft.ts';
import { useWriting, withReference } from '../knowledge/writing.ts';
import { breakAfter, plannedRest, restToKeep } from './rest.ts';
import { useProposal } from './useProposal.ts';
import { useUsedDispositions } from './useUsedDispositions.ts';
import { WrapUpInputs, type WrapUpRefs } from './WrapUpInputs.tsx';
import { draftOf, openFields, readWrapUpDraft, type WrapUpFields } from './wrapUpFields.ts';

type Rest = InputOf<'wrapUps.finish'>['rest'];

/** Whether the agent types somewhere: then a form that appears leaves the caret where it is. */
function isTyping(): boolean {
  const active = document.activeElement;
  if (!(active instanceof HTMLElement)) return false;
  return active.isContentEditable || active.matches('input:not([type="radio"]), textarea, select');
}

export function focusField(refs: WrapUpRefs, field: WrapUpGap): void {
  if (field === 'dispositionId') refs.disposition.current?.focus();
  else if (field === 'result') refs.result.current?.querySelector('input')?.focus();
  else if (field === 'followUpAt') refs.followUp.current?.focus();
  else refs[field].current?.focus();
}

/** The caret goes behind what a restored draft has, not before it. */
function goOnIn(area: HTMLTextAreaElement | null): void {
  if (!area) return;
  if (area.selectionEnd === 0) area.setSelectionRange(area.value.length, area.value.length);
  area.focus();
}

export function useWrapUpRefs(): WrapUpRefs {
  const disposition = useRef<HTMLInputElement>(null);
  const result = useRef<HTMLDivElement>(null);
  const followUp = useRef<HTMLInputElement>(null);
  const notes = useRef<HTMLTextAreaElement>(null);
  const customer = useRef<HTMLInputElement>(null);
  const ticket = useRef<HTMLInputElement>(null);
  const tags = useRef<HTMLInputElement>(null);
  return useMemo(() => ({ disposition, result, followUp, notes, customer, ticket, tags }), []);
}

/** What the rules of the queue ask for, and what the form can choose from. */
export function useWrapUpChoices(callId: string, ticketIds: readonly string[]) {
  const choices = useQuery('wrapUps.choices', { callId }, ['ticket', 'call', 'customer']).data;
  const rules = usePart('wrapUps');
  const demands = rules && choices ? demandsOf(rules, choices.queueId) : noDemands;
  const ofCall = choices ? [...new Set([...ticketIds, ...choices.ticketIds])] : ticketIds;
  const given = { customerId: choices?.customerId ?? null, ticketIds: ofCall, demands };
  return { choices, demands, ofCall, given };
}

const noDemands: readonly never[] = [];

/**
 * The wrap-up of one call: right after it (`parked` false) or later from the backlog. Everything can
 * be done without the mouse; a common call takes a word of the disposition, Enter, Alt 1 and Ctrl Enter.
 */
export function WrapUpBody({
  callId,
  note,
  initial,
  ticketIds,
  parked,
  onDone,
}: {
  callId: string;
  /** Who and how long, for the head. */
  note: string;
  initial: WrapUpFields;
  ticketIds: readonly string[];
  parked: boolean;
  onDone?: () => void;
}) {
  const { t } = useTranslation(['wrapUp', 'fields', 'common']);
  const invoke = useInvoke();
  const agent = useDesk((desk) => desk.agent);
  const draft = useDraft(`wrapUp:${callId}`, initial, readWrapUpDraft);
  const used = useUsedDispositions();
  const refs = useWrapUpRefs();
  const { choices, demands, ofCall, given } = useWrapUpChoices(callId, ticketIds);
  useProposal(callId, draft);
  useWriting({
    form: `wrapUp:${callId}`,
    ticketCategoryId: null,
    queueId: choices?.queueId ?? null,
    text: draft.value.notes,
    insert: (reference) => draft.change({ notes: withReference(draft.value.notes, reference) }),
  });
  const [tried, setTried] = useState(false);
  const [saving, setSaving] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const open = tried ? openFields(draft.value, deskNow(), given) : [];
  useDirtyForm(`wrapUp:${callId}`, draft.dirty);

  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the form appears
  useEffect(() => {
    if (parked || !isTyping()) refs.disposition.current?.focus();
  }, []);

  const send = async (run: () => Promise<Result<unknown>>): Promise<boolean> => {
    if (saving) return false;
    setSaving(true);
    setFailure(null);
    const result = await run();
    setSaving(false);
    if (!result.ok) setFailure(result.error);
    return result.ok;
  };
  const finishCall = async (rest: Rest) => {
    const finished = { callId, draft: draftOf(draft.value, deskNow()), rest };
    if (!(await send(() => invoke('wrapUps.finish', finished)))) return;
    await draft.drop();
    onDone?.();
  };
  const finish = (rest: Rest) => {
    const left = openFields(draft.value, deskNow(), given);
    setTried(true);
    const [first] = left;
    if (first) focusField(refs, first);
    else void finishCall(rest);
  };
  // The stored draft stays: the backlog opens with it.
  const park = () =>
    void send(() => invoke('wrapUps.park', { callId, draft: draftOf(draft.value, deskNow()) }));

  const planned = parked ? restToKeep(agent) : plannedRest(agent);
  const pause = breakAfter(agent);
  useShortcut('wrapUp.finish', () => finish(planned));
  useShortcut('wrapUp.finishBreak', () => finish(pause), !parked);
  useShortcut('wrapUp.park', park, !parked);
  useShortcut('wrapUp.disposition', () => refs.disposition.current?.focus());
  useShortcut('wrapUp.notes', () => goOnIn(refs.notes.current));
  useKeys(
    wrapUpResults.map((_, index) => `Alt+${index + 1}`),
    (_event, keys) => {
      const result = wrapUpResults[Number(keys.slice(-1)) - 1];
      if (!result) return;
      draft.change({ result });
      if (result === 'followUp') refs.followUp.current?.focus();
    },
  );

  const finishLabel = () => {
    if (saving) return t('fields:saving');
    if (parked) return t('finish');
    return planned.state === 'ready' ? t('finishReady') : t('finishBreak');
  };

  return (
    <FormFrame
      label={parked ? t('titleParked') : t('region')}
      testId="wrap-up-form"
      title={parked ? t('titleParked') : t('title')}
      note={note}
      mark={<DraftMark draft={draft} />}
      onBlur={draft.flush}
      foot={
        <>
          <Button
            variant="solid"
            keys={keysOf('wrapUp.finish')}
            data-testid="wrap-up-finish"
            onClick={() => finish(planned)}
          >
            {finishLabel()}
          </Button>
          {parked || planned.state === 'break' ? null : (
            <Button
              data-testid="wrap-up-finish-break"
              aria-keyshortcuts={keysOf('wrapUp.finishBreak')}
              onClick={() => finish(pause)}
            >
              {t('finishBreak')}
            </Button>
          )}
          <span className="grow" />
          <FieldsLeft count={open.length} />
          {parked ? null : (
            <Button
              variant="ghost"
              keys={keysOf('wrapUp.park')}
              data-testid="wrap-up-park"
              onClick={park}
            >
              {t('park')}
            </Button>
          )}
        </>
      }
    >
      <FormFailure title={t('notFinished')} failure={failure} />
      <WrapUpInputs
        draft={draft}
        used={used}
        refs={refs}
        open={open}
        ticketIds={ofCall}
        choices={choices}
        demands={demands}
      />
    </FormFrame>
  );
}

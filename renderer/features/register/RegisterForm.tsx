import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeskCall } from '#shared/contract/models/calls.ts';
import type { Failure, Result } from '#shared/result.ts';
import { useInvoke } from '../../app/bridge.tsx';
import { keysOf, useShortcut } from '../../app/hotkeys.ts';
import { useDesk } from '../../store/desk.ts';
import { continueWithoutCard, useDirtyForm } from '../../store/window.ts';
import { Button } from '../../ui/Button.tsx';
import { isFocusFree } from '../../ui/focus.ts';
import { DraftMark } from '../fields/DraftMark.tsx';
import { FieldsLeft, FormFailure, FormFrame } from '../fields/FormFrame.tsx';
import { useDraft } from '../fields/useDraft.ts';
import { useFormFields } from '../fields/useFormFields.ts';
import { RegisterInputs } from './RegisterInputs.tsx';
import {
  emptyRegistration,
  newCustomerOf,
  openFields,
  readRegisterDraft,
} from './registerFields.ts';
import { focusRegistration } from './registerFocus.ts';

interface RegistrationProps {
  /** The call it is registered from; null: without one. */
  call: DeskCall | null;
  /** Whom it came to be: the new customer, or one that was there. Only asked without a call. */
  onDone?: (customerId: string) => void;
}

function Registration({ call, onDone }: RegistrationProps) {
  const { t } = useTranslation(['register', 'fields']);
  const invoke = useInvoke();
  const formKey = `register:${call?.id ?? 'new'}`;
  const initial = emptyRegistration(!call || call.number.withheld ? '' : call.number.raw);
  const draft = useDraft(formKey, initial, readRegisterDraft);
  const form = useRef<HTMLFormElement>(null);
  const fields = useFormFields();
  const currency = useDesk((desk) => desk.configuration?.currency) ?? 'CNY';
  const home = useDesk((desk) => desk.configuration?.home ?? null);
  const [tried, setTried] = useState(false);
  const [saving, setSaving] = useState(false);
  const [failure, setFailure] = useState<{ title: string; failure: Failure } | null>(null);
  const problems = openFields(draft.value, fields, currency);
  const problemOf = (place: string): string | null => {
    const problem = problems.get(place);
    if (problem === undefined || (!tried && problem !== 'tooLong')) return null;
    return place === 'name' && problem === 'blank'
      ? t('errors.name')
      : t(`fields:problems.${problem}`);
  };
  useDirtyForm(formKey, draft.dirty);

  const send = async (title: string, request: Promise<Result<unknown>>): Promise<boolean> => {
    setSaving(true);
    setFailure(null);
    const result = await request;
    setSaving(false);
    if (!result.ok) {
      setFailure({ title, failure: result.error });
      return false;
    }
    return true;
  };
  const focusAt = (place: string) => {
    const found = form.current?.querySelector<HTMLElement>(`[data-place="${CSS.escape(place)}"]`);
    const fold = found?.closest('details');
    if (fold) fold.open = true;
    const control = found?.matches('input')
      ? found
      : found?.querySelector<HTMLElement>('input,select,textarea,button');
    control?.focus();
  };
  const create = async () => {
    if (saving) return;
    setTried(true);
    const [first] = problems.keys();
    if (first !== undefined) {
      focusAt(first);
      return;
    }
    setSaving(true);
    setFailure(null);
    const callId = call?.id ?? null;
    const wish = await newCustomerOf(draft.value, fields, { callId, home });
    const result = await invoke('customers.register', wish);
    setSaving(false);
    if (!result.ok) {
      setFailure({ title: t('errors.save'), failure: result.error });
      return;
    }
    await draft.drop();
    onDone?.(result.value.customer.id);
  };
  const use = async (customerId: string) => {
    if (saving) return;
    if (call) {
      const request = invoke('calls.chooseCustomer', { callId: call.id, customerId });
      if (!(await send(t('errors.choose'), request))) return;
    }
    await draft.drop();
    onDone?.(customerId);
  };
  // What was typed stays as a draft: the agent may come back to it later in the call.
  const goOnWithout = async () => {
    if (saving || !call) return;
    draft.flush();
    const request = invoke('calls.chooseCustomer', { callId: call.id, customerId: null });
    if (await send(t('errors.choose'), request)) continueWithoutCard(call.id);
  };
  // While it rings nothing takes the focus; once answered, the name is what comes next, unless somebody is to be chosen.
  const isAsked = call?.state === 'talking' && call.pop.match !== 'several';
  useEffect(() => {
    if (isAsked && isFocusFree()) focusRegistration();
  }, [isAsked]);
  useShortcut('work.save', () => void create());
  useShortcut('match.without', () => void goOnWithout(), call !== null);

  return (
    <FormFrame
      label={t('region')}
      testId="register-form"
      title={t('title')}
      note={t('hint')}
      mark={<DraftMark draft={draft} />}
      formRef={form}
      onBlur={draft.flush}
      foot={
        <>
          <Button
            // Answer is the one solid button while it rings.
            variant={call?.state === 'ringing' ? 'default' : 'solid'}
            keys={keysOf('work.save')}
            data-testid="register-create"
            onClick={() => void create()}
          >
            {saving ? t('fields:saving') : t(call ? 'create' : 'createOnly')}
          </Button>
          {call ? (
            <Button
              keys={keysOf('match.without')}
              data-testid="register-without"
              onClick={() => void goOnWithout()}
            >
              {t('without')}
            </Button>
          ) : null}
          <span className="grow" />
          <FieldsLeft count={tried ? problems.size : 0} />
        </>
      }
    >
      <FormFailure title={failure?.title ?? ''} failure={failure?.failure ?? null} />
      <RegisterInputs
        call={call}
        value={draft.value}
        change={draft.change}
        fields={fields}
        problemOf={problemOf}
        onUse={(customerId) => void use(customerId)}
      />
    </FormFrame>
  );
}

/** Registers whoever calls from a number that nobody has, or who is none of those who have it; also without a call. */
export function RegisterForm({ call, onDone }: RegistrationProps) {
  return <Registration key={call?.id ?? 'new'} call={call} {...(onDone ? { onDone } : {})} />;
}

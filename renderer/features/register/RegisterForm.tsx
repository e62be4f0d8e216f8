import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeskCall } from '#shared/contract/models.ts';
import type { Failure, Result } from '#shared/result.ts';
import { useInvoke } from '../../app/bridge.tsx';
import { keysOf, useShortcut } from '../../app/hotkeys.ts';
import { continueWithoutCard, useDirtyForm } from '../../store/window.ts';
import { Button } from '../../ui/Button.tsx';
import { DraftMark } from '../fields/DraftMark.tsx';
import { FieldsLeft, FormFailure, FormFrame } from '../fields/FormFrame.tsx';
import { useDraft } from '../fields/useDraft.ts';
import { RegisterInputs, type RegisterRefs } from './RegisterInputs.tsx';
import {
  emptyRegistration,
  newCustomerOf,
  openFields,
  readRegisterDraft,
} from './registerFields.ts';

function useRefs(): RegisterRefs {
  const name = useRef<HTMLInputElement>(null);
  const numberRaw = useRef<HTMLInputElement>(null);
  const email = useRef<HTMLInputElement>(null);
  const address = useRef<HTMLInputElement>(null);
  const note = useRef<HTMLTextAreaElement>(null);
  return useMemo(() => ({ name, numberRaw, email, address, note }), []);
}

function Registration({ call }: { call: DeskCall }) {
  const { t } = useTranslation(['register', 'fields']);
  const invoke = useInvoke();
  const formKey = `register:${call.id}`;
  const initial = emptyRegistration(call.number.withheld ? '' : call.number.raw);
  const draft = useDraft(formKey, initial, readRegisterDraft);
  const refs = useRefs();
  const [tried, setTried] = useState(false);
  const [saving, setSaving] = useState(false);
  const [failure, setFailure] = useState<{ title: string; failure: Failure } | null>(null);
  const open = tried ? openFields(draft.value) : [];
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
  const create = async () => {
    if (saving) return;
    setTried(true);
    const [first] = openFields(draft.value);
    if (first) {
      refs[first].current?.focus();
      return;
    }
    const request = invoke('customers.register', newCustomerOf(draft.value, call.id));
    if (!(await send(t('errors.save'), request))) return;
    await draft.drop();
  };
  const use = async (customerId: string) => {
    if (saving) return;
    const request = invoke('calls.chooseCustomer', { callId: call.id, customerId });
    if (await send(t('errors.choose'), request)) await draft.drop();
  };
  // What was typed stays as a draft: the agent may come back to it later in the call.
  const goOnWithout = async () => {
    if (saving) return;
    draft.flush();
    const request = invoke('calls.chooseCustomer', { callId: call.id, customerId: null });
    if (await send(t('errors.choose'), request)) continueWithoutCard(call.id);
  };
  useShortcut('work.save', () => void create());
  useShortcut('match.without', () => void goOnWithout());

  return (
    <FormFrame
      label={t('region')}
      testId="register-form"
      title={t('title')}
      note={t('hint')}
      mark={<DraftMark draft={draft} />}
      onBlur={draft.flush}
      foot={
        <>
          <Button
            // Answer is the one solid button while it rings.
            variant={call.state === 'ringing' ? 'default' : 'solid'}
            keys={keysOf('work.save')}
            data-testid="register-create"
            onClick={() => void create()}
          >
            {saving ? t('fields:saving') : t('create')}
          </Button>
          <Button
            keys={keysOf('match.without')}
            data-testid="register-without"
            onClick={() => void goOnWithout()}
          >
            {t('without')}
          </Button>
          <span className="grow" />
          <FieldsLeft count={open.length} />
        </>
      }
    >
      <FormFailure title={failure?.title ?? ''} failure={failure?.failure ?? null} />
      <RegisterInputs
        call={call}
        value={draft.value}
        change={draft.change}
        refs={refs}
        open={open}
        onUse={(customerId) => void use(customerId)}
      />
    </FormFrame>
  );
}

/** Registers whoever calls from a number that nobody has, or who is none of those who have it. */
export function RegisterForm({ call }: { call: DeskCall }) {
  return <Registration key={call.id} call={call} />;
}

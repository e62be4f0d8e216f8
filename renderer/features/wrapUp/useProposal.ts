import { useEffect, useRef } from 'react';
import { scriptDraftSchema } from '#shared/contract/methods/knowledge.ts';
import { proposalOf } from '#shared/domain/knowledge/scriptFlow.ts';
import { useQuery } from '../../app/bridge.tsx';
import type { Draft } from '../fields/useDraft.ts';
import type { WrapUpFields } from './wrapUpFields.ts';

function readSteps(json: string | null | undefined) {
  if (!json) return null;
  try {
    return scriptDraftSchema.safeParse(JSON.parse(json)).data ?? null;
  } catch {
    return null;
  }
}

/**
 * What the answers to the call's script propose is filled in once, where the agent has not chosen yet:
 * disposition and tags. It can be changed like everything else.
 */
export function useProposal(callId: string, draft: Draft<WrapUpFields>): void {
  const walked = useQuery('drafts.get', { key: `script:${callId}` });
  const scripts = useQuery('scripts.list', walked.data?.json ? {} : null);
  const done = useRef(false);
  const read = readSteps(walked.data?.json);
  const script = scripts.data?.find(({ id }) => id === read?.scriptId);
  const proposal = read && script ? proposalOf(script, read.steps) : null;
  const { ready, value, change } = draft;
  useEffect(() => {
    if (done.current || !ready || !proposal) return;
    done.current = true;
    const { dispositionId, tags } = proposal;
    const patch = {
      ...(value.dispositionId === null && dispositionId !== null && { dispositionId }),
      ...(value.tags.length === 0 && tags.length > 0 && { tags }),
    };
    if (Object.keys(patch).length > 0) change(patch);
  }, [ready, proposal, value, change]);
}

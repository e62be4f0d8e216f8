import { cleanup, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ScriptView } from '#shared/contract/methods/knowledge.ts';
import { scriptSchema } from '#shared/domain/knowledge/knowledge.ts';
import { ok } from '#shared/result.ts';
import { practiceScripts } from '#shared/sample/knowledge/scripts.ts';
import { aCall, renderOnDesk, testDesk, uuid } from '../fields/testDesk.tsx';
import { ScriptEditor } from './ScriptEditor.tsx';
import { ScriptRunner } from './ScriptRunner.tsx';

afterEach(cleanup);

const script: ScriptView = {
  ...scriptSchema.parse(practiceScripts[0]?.fields),
  id: uuid(70),
  waiting: false,
};

/** Three of its steps, which lead to an end by themselves. */
const short: ScriptView = {
  ...script,
  startId: 'fault',
  nodes: script.nodes.filter(({ id }) => ['fault', 'danger', 'visit'].includes(id)),
};

describe('the script editor', () => {
  it('tells at the step what is wrong, and saves a script in use only once it leads to an end', async () => {
    const desk = testDesk({ 'scripts.save': () => ok(script) });
    const onDone = vi.fn();
    renderOnDesk(<ScriptEditor script={short} onDone={onDone} />, desk.bridge);
    const user = userEvent.setup();
    await user.click(screen.getByTestId('script-add'));
    const added = screen.getAllByTestId('script-node').at(-1);
    expect(added?.textContent).toContain('No way leads to this step');
    expect(added?.textContent).toContain('Nothing to say in this step');
    await user.click(screen.getByTestId('script-save'));
    expect(desk.inputsOf('scripts.save')).toEqual([]);
    await user.click(screen.getByTestId('script-active'));
    await user.click(screen.getByTestId('script-save'));
    await waitFor(() => expect(onDone).toHaveBeenCalledWith(script.id));
    expect(desk.inputsOf('scripts.save')).toMatchObject([{ fields: { active: false } }]);
  });

  it('is walked beside, with what it proposes', async () => {
    renderOnDesk(<ScriptEditor script={short} onDone={() => undefined} />, testDesk().bridge);
    const user = userEvent.setup();
    await user.click(screen.getByText('It leaks', { selector: 'button *' }));
    expect(screen.getByTestId('script-preview').textContent).toContain('Repair › Water › Leaking');
  });
});

describe('the script of a call', () => {
  it('is walked by Alt and a digit, keeps each step at once, and goes back', async () => {
    const desk = testDesk();
    const call = aCall();
    renderOnDesk(<ScriptRunner script={script} call={call} />, desk.bridge, [call]);
    const user = userEvent.setup();
    await user.keyboard('{Alt>}2{/Alt}');
    expect(screen.getByTestId('script-say').textContent).toContain('what does the display show');
    const kept = () => JSON.parse(desk.drafts.get(`script:${call.id}`) ?? '{}');
    await waitFor(() =>
      expect(kept().steps).toEqual([{ nodeId: 'open', answerId: 'fault', text: '' }]),
    );
    await user.type(screen.getByTestId('script-text'), 'E17 😀');
    await user.keyboard('{Alt>}1{/Alt}');
    await waitFor(() => expect(kept().steps.at(-1).text).toBe('E17 😀'));
    await user.click(screen.getByTestId('script-back'));
    expect(screen.getByTestId<HTMLTextAreaElement>('script-text').value).toBe('E17 😀');
  });

  it('goes on where it stood', async () => {
    const call = aCall();
    const steps = [{ nodeId: 'open', answerId: 'complaint', text: '' }];
    const stored = JSON.stringify({ scriptId: script.id, steps, text: 'half' });
    const desk = testDesk({}, new Map([[`script:${call.id}`, stored]]));
    renderOnDesk(<ScriptRunner script={script} call={call} />, desk.bridge, [call]);
    expect((await screen.findByTestId<HTMLTextAreaElement>('script-text')).value).toBe('half');
  });
});

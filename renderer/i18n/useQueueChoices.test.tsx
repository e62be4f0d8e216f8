import { cleanup, screen } from '@testing-library/react';
import { afterEach, it } from 'vitest';
import { defaultConfiguration } from '#shared/sample/configuration.ts';
import { renderOnDesk, testDesk } from '../features/fields/testDesk.tsx';
import { deskStore } from '../store/desk.ts';
import { type QueueChoice, usePastQueues, useQueueChoices } from './useQueueChoices.ts';

const [support, ...others] = defaultConfiguration.queues;
const configuration = {
  ...defaultConfiguration,
  queues: support ? [{ ...support, retired: true }, ...others] : [],
};

const wordsOf = (choices: readonly QueueChoice[]) => choices.map(({ name }) => name).join(', ');

function Words() {
  const fresh = useQueueChoices();
  const chosen = useQueueChoices(['support']);
  const past = usePastQueues();
  return [fresh, chosen, past].map((choices) => <p key={wordsOf(choices)}>{wordsOf(choices)}</p>);
}

afterEach(cleanup);

it('offers a retired queue only where it is chosen, and shows the past by it, last', () => {
  renderOnDesk(<Words />, testDesk().bridge);
  deskStore.setState({ configuration });
  const names = 'Orders and billing, Sales advice, Emergency repair';
  return Promise.all(
    [
      names,
      `After-sales service (retired), ${names}`,
      `${names}, After-sales service (retired)`,
    ].map((words) => screen.findByText(words)),
  );
});

import { MantineProvider } from '@mantine/core';
import { act, render } from '@testing-library/react';
import i18next from 'i18next';
import type { ReactNode } from 'react';
import { BridgeProvider } from '#renderer/app/bridge.tsx';
import { startTexts } from '#renderer/i18n/i18n.ts';
import { deskStore, feedDesk } from '#renderer/store/desk.ts';
import { emptyDesk } from '#renderer/store/deskState.ts';
import { emptyWindow, windowStore } from '#renderer/store/window.ts';
import type { Snapshot } from '#shared/contract/models/desk.ts';
import { type FakeBridge, fakeBridge } from './fakeBridge.ts';

/** Shows a part of the window in front of a fake desk that has told its snapshot. */
export async function showWindow(
  node: ReactNode,
  snapshot: Snapshot,
  answers: Parameters<typeof fakeBridge>[1] = {},
): Promise<FakeBridge> {
  if (!i18next.isInitialized) startTexts(snapshot.settings.language);
  await i18next.changeLanguage(snapshot.settings.language);
  deskStore.setState(emptyDesk, true);
  windowStore.setState(emptyWindow, true);
  window.location.hash = '';
  const bridge = fakeBridge(snapshot, answers);
  feedDesk(bridge);
  await act(async () => {});
  render(
    <BridgeProvider bridge={bridge}>
      <MantineProvider env="test">{node}</MantineProvider>
    </BridgeProvider>,
  );
  await act(async () => {});
  return bridge;
}

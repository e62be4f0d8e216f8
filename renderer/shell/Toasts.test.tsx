import { act, cleanup, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { sampleSnapshot } from '#tests/support/deskSample/sampleDesk.ts';
import { showWindow } from '#tests/support/windowHarness.tsx';
import { switchLanguage } from '../i18n/i18n.ts';
import { tellFailure } from '../store/window.ts';
import { Toasts } from './Toasts.tsx';

afterEach(() => {
  cleanup();
  switchLanguage('en');
});

it('a failure, which stays until it is closed, speaks the language of the window', async () => {
  await showWindow(<Toasts />, sampleSnapshot('en', Date.now()));
  await act(async () => tellFailure({ code: 'number-busy', message: '' }));
  expect(screen.getByRole('alert').textContent).toContain('The line is busy');
  await act(async () => switchLanguage('zh-CN'));
  expect(screen.getByRole('alert').textContent).toContain('占线');
});

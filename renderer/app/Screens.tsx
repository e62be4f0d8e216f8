import { lazy } from 'react';
import { MovedScreen } from '../shell/MovedScreen.tsx';
import { useDesk } from '../store/desk.ts';
import { Part } from './Part.tsx';

const SignInPage = lazy(() =>
  import('../features/signIn/SignInPage.tsx').then((module) => ({ default: module.SignInPage })),
);
const Shell = lazy(() =>
  import('../shell/Shell.tsx').then((module) => ({ default: module.Shell })),
);

/** Sign-in or the shell; nothing until the desk has told how things stand. */
export function Screens() {
  const loaded = useDesk((desk) => desk.loaded);
  const signedIn = useDesk((desk) => desk.session.state === 'signedIn');
  const moved = useDesk((desk) => desk.moved);
  if (moved) return <MovedScreen />;
  if (!loaded) return null;
  return <Part of={signedIn ? 'shell' : 'signIn'}>{signedIn ? <Shell /> : <SignInPage />}</Part>;
}

import { MantineProvider } from '@mantine/core';
import { useEffect } from 'react';
import type { Bridge } from '#shared/contract/bridge.ts';
import { switchLanguage } from '../i18n/i18n.ts';
import { useDesk } from '../store/desk.ts';
import { cssVariablesResolver, theme } from '../ui/theme.ts';
import { BridgeProvider } from './bridge.tsx';
import { Screens } from './Screens.tsx';
import { useColorScheme } from './useTheme.ts';

function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}

/** The window: language and theme follow the settings, the screen follows the session. */
export function App({ bridge }: { bridge: Bridge }) {
  const scheme = useColorScheme();
  const language = useDesk((desk) => desk.settings.language);
  const loaded = useDesk((desk) => desk.loaded);
  useEffect(() => {
    if (loaded) switchLanguage(language);
  }, [language, loaded]);
  return (
    <BridgeProvider bridge={bridge}>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariablesResolver}
        forceColorScheme={scheme}
        getStyleNonce={styleNonce}
        withGlobalClasses={false}
      >
        <Screens />
      </MantineProvider>
    </BridgeProvider>
  );
}

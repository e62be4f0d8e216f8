import { settingStateSchema, settingVersionsSchema } from '#shared/sync/settings.ts';
import type { Handlers } from '../handler/handler.ts';
import { unwrap } from '../session/session.ts';
import type { IntegrationsPort } from '../sync/integrationsClient.ts';

type ConfigurationMethod = Extract<keyof Handlers, `configuration.${string}`>;

/** Parts of the configuration as the centre holds them: what is edited must be what counts there now. */
export function configurationHandlers({
  ask,
}: IntegrationsPort): Pick<Handlers, ConfigurationMethod> {
  return {
    'configuration.read': async ({ key }) =>
      unwrap(await ask({ method: 'GET', path: `/api/settings/${key}` }, settingStateSchema)),
    'configuration.save': async ({ key, value, version }) =>
      unwrap(
        await ask(
          { method: 'PUT', path: `/api/settings/${key}`, body: { value, version }, once: true },
          settingStateSchema,
        ),
      ),
    'configuration.versions': async ({ key }) => {
      const path = `/api/settings/${key}/versions`;
      return unwrap(await ask({ method: 'GET', path }, settingVersionsSchema)).versions;
    },
    'configuration.version': async ({ key, version }) => {
      const path = `/api/settings/${key}/versions/${version}`;
      return unwrap(await ask({ method: 'GET', path }, settingStateSchema));
    },
  };
}

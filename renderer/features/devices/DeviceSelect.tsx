import { IconPlugConnectedX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Device } from '#shared/contract/media.ts';
import { findDevice } from '../../media/deviceMatch.ts';
import { Field } from '../../ui/Field.tsx';
import styles from './DevicesPage.module.css';

/** What the value of the option "system default" is. */
const system = '';

/** One of the devices that are plugged in, or the system's choice; says so while the chosen one is not there. */
export function DeviceSelect({
  name,
  label,
  chosen,
  inUse,
  devices,
  onChoose,
}: {
  name: string;
  label: string;
  chosen: Device | null;
  inUse: Device | null;
  /** Null until it is known what is plugged in. */
  devices: readonly Device[] | null;
  onChoose: (device: Device | null) => void;
}) {
  const { t } = useTranslation('devices');
  const found = findDevice(chosen, devices ?? []);
  const absent = chosen && !found ? chosen : null;
  const missing = devices === null ? null : absent;
  const systemName =
    chosen === null && inUse?.label
      ? t('systemDefaultNamed', { name: inUse.label })
      : t('systemDefault');
  return (
    <Field
      label={label}
      hint={
        missing ? (
          <span className={styles.missing} data-testid={`${name}-missing`}>
            <IconPlugConnectedX size={14} aria-hidden="true" />
            {inUse
              ? t('usingInstead', { name: missing.label, instead: inUse.label })
              : t('usingNone', { name: missing.label })}
          </span>
        ) : null
      }
    >
      {({ id, 'aria-describedby': describedBy }) => (
        <select
          id={id}
          aria-describedby={describedBy}
          className={styles.select}
          data-testid={`choose-${name}`}
          value={(found ?? chosen)?.id ?? system}
          onChange={(event) => {
            const { value } = event.currentTarget;
            onChoose(devices?.find((device) => device.id === value) ?? null);
          }}
        >
          <option value={system}>{systemName}</option>
          {devices?.map((device) => (
            <option key={device.id} value={device.id}>
              {device.label}
            </option>
          ))}
          {absent ? (
            <option value={absent.id} disabled>
              {missing ? t('unplugged', { name: absent.label }) : absent.label}
            </option>
          ) : null}
        </select>
      )}
    </Field>
  );
}

import { IconEarOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { Pill } from '../../ui/Pill.tsx';
import { useSupervision } from '../team/useSupervision.ts';

/** Why the tiles offer no listening in; nothing where they do. */
export function ListeningMark() {
  const { t } = useTranslation('team');
  const format = useFormat();
  const { may, obstacle, blindSince, listening } = useSupervision();
  // Being offline, and a PBX that does not answer, are said beside it; one's own call is on the screen.
  if (!may || listening || obstacle === null || obstacle === 'offline' || obstacle === 'blind') {
    return null;
  }
  const time = blindSince === null ? '' : format.moment(blindSince);
  return (
    <Pill
      tone={obstacle === 'ownCall' ? 'plain' : 'warn'}
      icon={<IconEarOff size={14} aria-hidden="true" />}
      title={t(`obstacle.${obstacle}.hint`)}
    >
      {t(`obstacle.${obstacle}.word`, { time })}
    </Pill>
  );
}

import { useTranslation } from 'react-i18next';
import type { Message } from '#shared/domain/intervention/message.ts';
import { useTeamName } from '../../i18n/useTeamName.ts';

/** For whom a message was; null where it was for one. */
export function useAudienceText(): (
  message: Pick<Message, 'audience' | 'audienceName'>,
) => string | null {
  const { t } = useTranslation('messages');
  const teamName = useTeamName();
  return ({ audience, audienceName }) => {
    if (audience === 'one') return null;
    return audience === 'team' ? t('forTeam', { team: teamName(audienceName ?? '') }) : t('forAll');
  };
}

import { IconEar, IconMessageCircle, IconUsersGroup } from '@tabler/icons-react';

/** One shape for each way of taking part in a call. */
export const listenIcons = {
  listen: IconEar,
  whisper: IconMessageCircle,
  barge: IconUsersGroup,
} as const;

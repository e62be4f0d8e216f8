import { IconBroadcast, IconCloudOff, IconEyeOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { useBoard, useBoardNow } from '../../store/board.ts';
import { useDesk } from '../../store/desk.ts';
import { Pill } from '../../ui/Pill.tsx';

export type Freshness =
  | { state: 'waiting' }
  | { state: 'live' }
  /** The server, or the desk behind the window, is away; `asOf` ms UTC. */
  | { state: 'stale'; asOf: number }
  /** The PBX does not answer the server. */
  | { state: 'blind'; since: number };

/** How far what is on the screen can be believed. */
export function useFreshness(): Freshness {
  const connected = useDesk((desk) => desk.connected);
  const state = useBoard(({ link }) => link?.state ?? 'waiting');
  const asOf = useBoard(({ link, board }) => link?.asOf ?? board?.at ?? null);
  const blindSince = useBoard(({ board }) =>
    board?.connector.state === 'blind' ? board.connector.since : null,
  );
  if (asOf === null) return { state: 'waiting' };
  if (!connected || state !== 'live') return { state: 'stale', asOf };
  return blindSince === null ? { state: 'live' } : { state: 'blind', since: blindSince };
}

/** The age of what is shown, in words: `3:20`. */
export function DataAge({ asOf }: { asOf: number }) {
  const now = useBoardNow();
  const format = useFormat();
  const { t } = useTranslation('board');
  return t('age', { age: format.clock(now - asOf), time: format.time(asOf) });
}

/** Whether the board is live, blind or old. */
export function LiveMark() {
  const { t } = useTranslation('board');
  const format = useFormat();
  const fresh = useFreshness();
  const source = useBoard(({ board }) => board?.source ?? null);
  switch (fresh.state) {
    case 'waiting':
      return <Pill>{t('waitingForServer')}</Pill>;
    case 'stale':
      return (
        <Pill
          tone="warn"
          icon={<IconCloudOff size={14} aria-hidden="true" />}
          title={t('staleHint')}
        >
          <span data-testid="board-stale">
            <DataAge asOf={fresh.asOf} />
          </span>
        </Pill>
      );
    case 'blind':
      return (
        <Pill
          tone="error"
          icon={<IconEyeOff size={14} aria-hidden="true" />}
          title={t('blindHint')}
        >
          <span data-testid="board-blind">{t('blind', { time: format.moment(fresh.since) })}</span>
        </Pill>
      );
    default:
      return (
        <Pill
          tone="ok"
          icon={<IconBroadcast size={14} aria-hidden="true" />}
          title={source === 'desk' ? t('fromDesksHint') : t('liveHint')}
        >
          <span data-testid="board-live">{source === 'desk' ? t('fromDesks') : t('live')}</span>
        </Pill>
      );
  }
}

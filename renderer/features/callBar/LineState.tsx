import {
  IconAlertTriangle,
  IconArrowForwardUp,
  IconPhoneOutgoing,
  IconRefreshAlert,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeskCall } from '#shared/contract/models/calls.ts';
import { useWindow } from '../../store/window.ts';
import { cx } from '../../ui/cx.ts';
import { Timer } from '../../ui/Timer.tsx';
import styles from './LineState.module.css';
import { QualityMark } from './QualityMark.tsx';
import { useSinceSeen } from './sinceSeen.ts';

function Lines({ call, children }: { call: DeskCall; children: ReactNode }) {
  return (
    <div className={styles.state} data-testid="media" data-state={call.media}>
      {children}
    </div>
  );
}

/** The call goes to somebody else and nobody has answered for it yet. */
function Transferring({ call }: { call: DeskCall }) {
  const { t } = useTranslation('callBar');
  const transfer = useWindow((state) => state.transfer);
  const since = useSinceSeen(call.id);
  const who = transfer?.callId === call.id ? transfer.name : null;
  return (
    <Lines call={call}>
      <span className={styles.first} data-testid="transferring">
        <IconArrowForwardUp size={16} aria-hidden="true" />
        <span className="cut">
          {who === null ? t('transfer.pendingUnnamed') : t('transfer.pending', { who })}
        </span>
      </span>
      <Timer since={since} />
    </Lines>
  );
}

function Lost({ call }: { call: DeskCall }) {
  const { t } = useTranslation('callBar');
  return (
    <Lines call={call}>
      <span className={cx(styles.first, styles.lost)}>
        <IconRefreshAlert size={16} aria-hidden="true" />
        {t('media.lost')}
      </span>
      <span>{t('media.repairing')}</span>
    </Lines>
  );
}

function secondLine(call: DeskCall, t: (key: string) => string): ReactNode {
  if (call.muted) return <span className="tone-warn">{t('muted')}</span>;
  if (call.quality?.roundTripMs == null) return null;
  return <span className={styles.extra}>{Math.round(call.quality.roundTripMs)} ms</span>;
}

/** The state of the line in words: progress, hold, how it sounds, what is being repaired. */
export function LineState({ call }: { call: DeskCall }) {
  const { t } = useTranslation('callBar');
  if (call.state === 'dialling' || call.state === 'connecting') {
    return (
      <div className={styles.state}>
        <span className={styles.first}>
          <IconPhoneOutgoing size={16} aria-hidden="true" />
          {t(`state.${call.state}`)}
        </span>
        <Timer since={call.offeredAt} />
      </div>
    );
  }
  if (call.transferring) return <Transferring call={call} />;
  if (call.media === 'lost') return <Lost call={call} />;
  if (call.state === 'held') {
    return (
      <Lines call={call}>
        <span className={styles.first}>
          {t('state.held')}
          {call.heldSince === null ? null : <Timer since={call.heldSince} />}
        </span>
        {call.muted ? <span className="tone-warn">{t('muted')}</span> : null}
      </Lines>
    );
  }
  if (call.quality && call.quality.poorSince !== null) {
    return (
      <Lines call={call}>
        <QualityMark quality={call.quality} />
        <span className={styles.advice} title={t('quality.adviceLong')} data-testid="poor-line">
          <IconAlertTriangle size={14} aria-hidden="true" />
          <span className="cut">{t('quality.advice')}</span>
        </span>
      </Lines>
    );
  }
  return (
    <Lines call={call}>
      {call.quality && call.media === 'connected' ? (
        <QualityMark quality={call.quality} />
      ) : (
        <span className={styles.first}>{t(`media.${call.media}`)}</span>
      )}
      {secondLine(call, t)}
    </Lines>
  );
}

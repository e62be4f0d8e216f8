import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { type KeyboardEvent, type PointerEvent, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordingInfo, RecordingMark } from '#shared/sync/journal.ts';
import { useQuery } from '../../app/bridge.tsx';
import { useFailureText } from '../../i18n/useFailureText.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { cx } from '../../ui/cx.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { Select } from '../../ui/Select.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import styles from './player.module.css';
import { type Sound, useSound } from './useSound.ts';
import { barsOf, keyMeaning, pathOf, placeOf, speeds } from './waveform.ts';

const barCount = 120;

/** Plays the recording of a call, with its shape and what went on meanwhile. */
export function RecordingPlayer({ callRef }: { callRef: string }) {
  const { t } = useTranslation('journal');
  const failureText = useFailureText();
  const { data, failure, loading } = useQuery('recordings.info', { callRef });
  const sound = useSound(callRef);
  return (
    <section className={styles.player} aria-label={t('player.title')} data-testid="player">
      <SectionHead title={t('player.title')} />
      {loading ? <Skeleton widths={[90]} /> : null}
      {failure ? <p className="small">{failureText(failure)}</p> : null}
      {data ? <Controls info={data} sound={sound} /> : null}
      {sound.failure ? (
        <p className="tone-error" role="alert">
          {failureText(sound.failure)}
        </p>
      ) : null}
    </section>
  );
}

function Controls({ info, sound }: { info: RecordingInfo; sound: Sound }) {
  const { t } = useTranslation('journal');
  const format = useFormat();
  const { state, atMs, speed } = sound;
  const isPlaying = state === 'playing';
  return (
    <>
      <div className={styles.controls}>
        <IconButton
          label={t(isPlaying ? 'player.pause' : 'player.play')}
          icon={
            isPlaying ? (
              <IconPlayerPause size={16} aria-hidden="true" />
            ) : (
              <IconPlayerPlay size={16} aria-hidden="true" />
            )
          }
          data-testid="player-toggle"
          data-state={state}
          aria-busy={state === 'loading'}
          onClick={sound.toggle}
        />
        <Wave info={info} sound={sound} />
      </div>
      <div className={styles.line}>
        <span className={styles.clock} data-testid="player-time">
          {format.clock(atMs)} / {format.clock(info.durationMs)}
        </span>
        {state === 'loading' ? <span className="small">{t('player.loading')}</span> : null}
        <span className="grow" />
        <Select
          aria-label={t('player.speed')}
          className={styles.speed}
          value={String(speed)}
          options={speeds.map((value) => ({ value: String(value), label: `${value}×` }))}
          onChoose={(value) => {
            const chosen = speeds.find((one) => String(one) === value);
            if (chosen) sound.setSpeed(chosen);
          }}
        />
      </div>
      <Marks marks={info.marks} onSeek={sound.seek} />
    </>
  );
}

function Wave({ info, sound }: { info: RecordingInfo; sound: Sound }) {
  const { t } = useTranslation('journal');
  const format = useFormat();
  const { peaks, durationMs, marks } = info;
  const path = useMemo(() => pathOf(barsOf(peaks, barCount)), [peaks]);
  const { atMs, speed } = sound;
  const share = Math.min(1, atMs / Math.max(1, durationMs));

  function onKeyDown(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const meaning = keyMeaning(event, { atMs, durationMs, speed });
    if (!meaning) return;
    event.preventDefault();
    event.stopPropagation();
    if ('toggle' in meaning) sound.toggle();
    else if ('seekMs' in meaning) sound.seek(meaning.seekMs);
    else sound.setSpeed(meaning.speed);
  }

  function onPointer(event: PointerEvent<HTMLDivElement>): void {
    if (event.type === 'pointermove' && event.buttons !== 1) return;
    const box = event.currentTarget.getBoundingClientRect();
    const at = (event.clientX - box.left) / Math.max(1, box.width);
    sound.seek(Math.round(Math.min(1, Math.max(0, at)) * durationMs));
  }

  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={t('player.place')}
      aria-valuemin={0}
      aria-valuemax={Math.round(durationMs / 1_000)}
      aria-valuenow={Math.round(atMs / 1_000)}
      aria-valuetext={format.clock(atMs)}
      aria-keyshortcuts="Space ArrowLeft ArrowRight ArrowUp ArrowDown"
      title={t('player.keys')}
      className={styles.wave}
      data-testid="player-wave"
      onKeyDown={onKeyDown}
      onPointerDown={onPointer}
      onPointerMove={onPointer}
    >
      {marks.map((mark) => {
        const { left, width } = placeOf(mark, durationMs);
        return (
          <span
            key={`${mark.kind} ${mark.fromMs}`}
            className={cx(styles.mark, styles[mark.kind])}
            style={{ left: `${left * 100}%`, width: `${width * 100}%` }}
          />
        );
      })}
      <svg viewBox={`0 0 ${barCount} 2`} preserveAspectRatio="none" aria-hidden="true">
        <path d={path} vectorEffect="non-scaling-stroke" />
        <clipPath id="player-played">
          <rect x="0" y="0" width={share * barCount} height="2" />
        </clipPath>
        <path
          d={path}
          vectorEffect="non-scaling-stroke"
          className={styles.played}
          clipPath="url(#player-played)"
        />
      </svg>
      <span className={styles.head} style={{ left: `${share * 100}%` }} />
    </div>
  );
}

function Marks({
  marks,
  onSeek,
}: {
  marks: readonly RecordingMark[];
  onSeek: (ms: number) => void;
}) {
  const { t } = useTranslation('journal');
  const format = useFormat();
  if (marks.length === 0) return null;
  return (
    <ul className={styles.marks} data-testid="player-marks">
      {marks.map((mark) => (
        <li key={`${mark.kind} ${mark.fromMs}`}>
          <button type="button" onClick={() => onSeek(mark.fromMs)}>
            <span className={cx(styles.swatch, styles[mark.kind])} aria-hidden="true" />
            {t(`player.mark.${mark.kind}`)}
            <span className="small">
              {format.clock(mark.fromMs)}
              {mark.kind === 'transferred' || mark.toMs === null
                ? ''
                : ` – ${format.clock(mark.toMs)}`}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

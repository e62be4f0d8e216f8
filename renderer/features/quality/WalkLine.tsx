import { useTranslation } from 'react-i18next';
import { useFailureText } from '../../i18n/useFailureText.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { useDesk } from '../../store/desk.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './quality.module.css';
import type { Walk } from './useWalk.ts';

/** How far the look at all customers is, and the ways to end it and to begin anew. */
export function WalkLine<T>({ walk, most }: { walk: Walk<T>; most: number }) {
  const { t } = useTranslation('quality');
  const format = useFormat();
  const textOf = useFailureText();
  const percent = `${Math.floor(walk.share * 100)} %`;
  const going = walk.state === 'going';
  const arriving = useDesk((desk) => desk.sync.state === 'first-sync');
  const done = arriving ? 'walk.doneSoFar' : 'walk.done';
  const words = walk.state === 'done' ? done : 'walk.going';
  return (
    <div className={styles.walk}>
      <p className="small grow" role="status" data-testid="quality-walk" data-state={walk.state}>
        {walk.failure
          ? format.labelled(t('walk.failed'), textOf(walk.failure))
          : t(words, { percent })}
        {walk.capped ? ` · ${t('walk.more', { count: most })}` : ''}
      </p>
      {going ? (
        <Button size="sm" onClick={walk.stop}>
          {t('walk.stop')}
        </Button>
      ) : (
        <Button size="sm" data-testid="quality-again" onClick={walk.again}>
          {t('walk.again')}
        </Button>
      )}
    </div>
  );
}

import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../ui/IconButton.tsx';

/** Where the buttons of a line are found again after it has moved; see `useFocusAfter`. */
export const moveSelectors = (line: number, by: number): [string, string] => {
  const ways = by < 0 ? ['up', 'down'] : ['down', 'up'];
  const [first, second] = ways.map((way) => `[data-line="${line}"] [data-way="${way}"]`);
  return [first ?? '', second ?? ''];
};

/** Moves a line of a list up and down. */
export function LineTools({
  name,
  line,
  count,
  onMove,
}: {
  name: string;
  line: number;
  count: number;
  onMove: (by: number) => void;
}) {
  const { t } = useTranslation('administration');
  return (
    <>
      <IconButton
        label={t('lines.up', { name })}
        icon={<IconArrowUp size={16} aria-hidden="true" />}
        data-way="up"
        disabled={line === 0}
        onClick={() => onMove(-1)}
      />
      <IconButton
        label={t('lines.down', { name })}
        icon={<IconArrowDown size={16} aria-hidden="true" />}
        data-way="down"
        disabled={line === count - 1}
        onClick={() => onMove(1)}
      />
    </>
  );
}

import { Combobox, useCombobox } from '@mantine/core';
import { IconMapPin } from '@tabler/icons-react';
import { type KeyboardEvent, type Ref, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Division } from '#shared/domain/divisions/divisionSearch.ts';
import { divisionText } from '#shared/domain/divisions/divisionText.ts';
import { cx } from '../../ui/cx.ts';
import type { FieldControl } from '../../ui/Field.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from './fields.module.css';
import { pastePlain } from './pasteText.ts';
import { useDivisions } from './useDivisions.ts';

const shownDivisions = 6;

export interface AddressInputProps {
  control: Partial<FieldControl> & { 'aria-label'?: string };
  value: string;
  placeholder?: string;
  onChange: (address: string) => void;
  onKeyDown?: (event: KeyboardEvent) => void;
  inputRef?: Ref<HTMLInputElement> | undefined;
  focused?: boolean;
  testId: string;
}

/**
 * An address as free text. While it is no Chinese one yet, provinces, cities and districts that fit what is typed are
 * offered, by characters or by the first letters of their pinyin; nothing is preselected, Enter takes one only after
 * an arrow key.
 */
export function AddressInput(props: AddressInputProps) {
  const { control, value, placeholder, onChange, onKeyDown, inputRef, focused, testId } = props;
  const { t } = useTranslation('fields');
  const listId = useId();
  const own = useRef<HTMLInputElement>(null);
  const [typing, setTyping] = useState(false);
  const index = useDivisions(typing);
  const typed = value.trim();
  const complete = index !== null && (index.startOf(value)?.path.length ?? 0) > 1;
  const found =
    typing && index && !complete && typed !== '' ? index.search(typed, shownDivisions) : [];
  const store = useCombobox({ opened: found.length > 0, loop: false });
  const { resetSelectedOption } = store;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another list forgets the arrow keys
  useEffect(() => resetSelectedOption(), [resetSelectedOption, value]);
  useEffect(() => {
    if (focused) own.current?.focus();
  }, [focused]);

  const pick = (name: string) => {
    const division = found.find(({ path }) => path.join('') === name);
    if (division) onChange(divisionText(division));
    own.current?.focus();
  };
  return (
    <Combobox store={store} onOptionSubmit={pick} withinPortal={false}>
      <div className={styles.picker}>
        <Combobox.EventsTarget
          withExpandedAttribute
          aria-controls={found.length > 0 ? listId : undefined}
        >
          <TextField
            {...control}
            ref={(box: HTMLInputElement | null) => {
              own.current = box;
              if (typeof inputRef === 'function') inputRef(box);
              else if (inputRef) inputRef.current = box;
            }}
            dir="auto"
            data-testid={testId}
            placeholder={placeholder}
            value={value}
            onPaste={pastePlain}
            onKeyDown={(event) => {
              const chosen = store.getSelectedOptionIndex() >= 0;
              if (event.key === 'Escape' && found.length > 0) {
                event.stopPropagation();
                setTyping(false);
              } else if (!(event.key === 'Enter' && chosen)) onKeyDown?.(event);
            }}
            onChange={(event) => {
              setTyping(true);
              onChange(event.target.value);
            }}
            onBlur={() => setTyping(false)}
          />
        </Combobox.EventsTarget>
        {found.length > 0 ? (
          <Combobox.Options
            id={listId}
            tabIndex={-1}
            aria-label={t('divisions')}
            className={cx(styles.tree, styles.floating)}
          >
            {found.map((division) => (
              <DivisionRow key={division.path.join('')} division={division} />
            ))}
          </Combobox.Options>
        ) : null}
      </div>
    </Combobox>
  );
}

function DivisionRow({ division }: { division: Division }) {
  const above = division.path.slice(0, -1).join(' › ');
  return (
    <Combobox.Option
      value={division.path.join('')}
      className={styles.division ?? ''}
      data-testid="division"
    >
      <IconMapPin size={14} aria-hidden="true" />
      <span className={styles.leaf}>{division.path.at(-1)}</span>
      <span className="small">{above}</span>
    </Combobox.Option>
  );
}

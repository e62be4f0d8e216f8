import { Checkbox, Popover } from '@mantine/core';
import { IconColumns } from '@tabler/icons-react';
import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type TicketColumn, ticketColumns } from '#shared/contract/methods/ticketLists.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import styles from './tickets.module.css';

/** Which columns the list has, in the order in which they stand here. */
export const ColumnsMenu = memo(function ColumnsMenu({
  columns,
  onChange,
}: {
  columns: readonly TicketColumn[];
  onChange: (columns: readonly TicketColumn[]) => void;
}) {
  const { t } = useTranslation('tickets');
  const [opened, setOpened] = useState(false);
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      width={200}
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <IconButton
          label={t('columnsMenu')}
          data-testid="ticket-columns"
          aria-expanded={opened}
          icon={<IconColumns size={16} aria-hidden="true" />}
          onClick={() => setOpened(!opened)}
        />
      </Popover.Target>
      <Popover.Dropdown aria-label={t('columnsMenu')} className={styles.columnsMenu}>
        {ticketColumns.map((column) => (
          <Checkbox
            key={column}
            size="xs"
            label={t(`columns.${column}`)}
            checked={columns.includes(column)}
            // A row without a subject says nothing.
            disabled={column === 'subject'}
            onChange={(event) => {
              const isOn = event.currentTarget.checked;
              onChange(
                ticketColumns.filter((one) => (one === column ? isOn : columns.includes(one))),
              );
            }}
          />
        ))}
      </Popover.Dropdown>
    </Popover>
  );
});

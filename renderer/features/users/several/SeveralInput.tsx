import { IconUpload } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readUserTable, tableColumns, unreadColumns } from '#shared/domain/users/userTable.ts';
import type { UserAccount } from '#shared/sync/users.ts';
import { useFormat } from '../../../i18n/useFormat.ts';
import { useDesk } from '../../../store/desk.ts';
import { useDirtyForm } from '../../../store/window.ts';
import { Button } from '../../../ui/Button.tsx';
import { cx } from '../../../ui/cx.ts';
import { Field } from '../../../ui/Field.tsx';
import { toUsers } from '../usersRoute.ts';
import { useCentre } from '../useUserDraft.ts';
import styles from './several.module.css';
import { lookAt } from './severalStore.ts';
import { cellsOf, maxTableBytes, textOfFile } from './tableCells.ts';
import { useTableNames } from './useTableNames.ts';

type Wrong = 'empty' | 'unreadable' | 'tooLarge';

/** Where a table of people is pasted, or a file of it chosen. */
export function SeveralInput({ people }: { people: readonly UserAccount[] }) {
  const { t } = useTranslation('users');
  const format = useFormat();
  const names = useTableNames();
  const centre = useCentre(people);
  const userId = useDesk((desk) => desk.session.user?.id ?? '');
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState<Wrong | null>(null);
  const file = useRef<HTMLInputElement>(null);
  const box = useRef<HTMLTextAreaElement>(null);
  useDirtyForm('users:several', text !== '');

  const look = (table: string) => {
    const cells = cellsOf(table);
    const rows = cells && readUserTable(cells, names, centre);
    if (rows && rows.length > 0) return lookAt(userId, rows, unreadColumns(cells, names));
    setWrong(rows ? 'empty' : 'unreadable');
    box.current?.focus();
  };
  const take = async (chosen: File | undefined) => {
    if (!chosen) return;
    if (chosen.size > maxTableBytes) return setWrong('tooLarge');
    const table = textOfFile(await chosen.arrayBuffer());
    setText(table);
    look(table);
  };
  const columns = format.list(tableColumns.map((one) => t(`several.columns.${one}`)));
  return (
    <form
      className={cx('scroll', styles.input)}
      aria-label={t('several.title')}
      data-testid="several-input"
      onSubmit={(event) => {
        event.preventDefault();
        look(text);
      }}
    >
      <div className={styles.fields}>
        <p className="muted">{t('several.about')}</p>
        <p className="small">{t('several.order', { columns })}</p>
        <Field
          label={t('several.table')}
          error={wrong === null ? null : t(`several.wrong.${wrong}`)}
          hint={t('several.tableHint')}
        >
          {(control) => (
            <textarea
              {...control}
              ref={box}
              className={styles.table}
              data-testid="several-table"
              spellCheck={false}
              rows={12}
              value={text}
              onChange={(event) => {
                setWrong(null);
                setText(event.currentTarget.value);
              }}
            />
          )}
        </Field>
        <div className={styles.actions}>
          <Button variant="solid" type="submit" data-testid="several-look">
            {t('several.look')}
          </Button>
          <Button
            icon={<IconUpload size={16} aria-hidden="true" />}
            onClick={() => file.current?.click()}
          >
            {t('several.choose')}
          </Button>
          <span className="grow" />
          <Button variant="ghost" onClick={() => toUsers()}>
            {t('common:actions.cancel')}
          </Button>
        </div>
        <input
          ref={file}
          type="file"
          hidden
          data-testid="several-file"
          accept=".csv,.txt,.tsv,text/csv"
          onChange={(event) => {
            void take(event.currentTarget.files?.[0]);
            event.currentTarget.value = '';
          }}
        />
      </div>
    </form>
  );
}

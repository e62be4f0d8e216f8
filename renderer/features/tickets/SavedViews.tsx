import { Checkbox, Popover } from '@mantine/core';
import { IconBookmark, IconTrash, IconUsers } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketQuery } from '#shared/contract/methods/ticketLists.ts';
import { maxLineLength } from '#shared/domain/primitives.ts';
import { useInvoke, useQuery, useRun } from '../../app/bridge.tsx';
import { useFailureText } from '../../i18n/useFailureText.ts';
import { useDesk } from '../../store/desk.ts';
import { tell } from '../../store/window.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { sameQuery } from './listQuery.ts';
import styles from './tickets.module.css';

/** Views that somebody saved: take one, save what is shown now, take an own one away. */
export function SavedViews({
  query,
  onTake,
}: {
  query: TicketQuery;
  onTake: (query: TicketQuery) => void;
}) {
  const { t } = useTranslation('tickets');
  const run = useRun();
  const mine = useDesk((desk) => desk.session.user?.id);
  const { data, reload } = useQuery('ticketViews.list', {}, ['savedView']);
  const [opened, setOpened] = useState(false);
  const views = data ?? [];
  const taken = views.find((view) => sameQuery(view, query));
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      width={320}
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <Button
          size="sm"
          data-testid="saved-views"
          aria-expanded={opened}
          icon={<IconBookmark size={14} aria-hidden="true" />}
          onClick={() => setOpened(!opened)}
        >
          <span className="cut">{taken?.name ?? t('saved.open')}</span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('saved.open')} className={styles.saved}>
        {views.length === 0 ? <p className="small">{t('saved.none')}</p> : null}
        <ul>
          {views.map((view) => (
            <li key={view.id} className={styles.savedLine}>
              <button
                type="button"
                className={styles.savedName}
                aria-pressed={view.id === taken?.id}
                onClick={() => {
                  onTake({ filter: view.filter, sort: view.sort });
                  setOpened(false);
                }}
              >
                <span className="cut">{view.name}</span>
                {view.shared ? (
                  <IconUsers
                    size={14}
                    aria-label={t('saved.sharedBy', { name: view.ownerName ?? '' })}
                  />
                ) : null}
              </button>
              {view.ownerId === mine ? (
                <IconButton
                  label={t('saved.remove', { name: view.name })}
                  icon={<IconTrash size={14} aria-hidden="true" />}
                  onClick={() => {
                    void run('ticketViews.remove', { id: view.id }).then(reload);
                  }}
                />
              ) : null}
            </li>
          ))}
        </ul>
        <SaveForm
          query={query}
          ownNames={
            new Map(views.filter((view) => view.ownerId === mine).map(({ name, id }) => [name, id]))
          }
          onSaved={reload}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

function SaveForm({
  query,
  ownNames,
  onSaved,
}: {
  query: TicketQuery;
  ownNames: ReadonlyMap<string, string>;
  onSaved: () => void;
}) {
  const { t } = useTranslation('tickets');
  const invoke = useInvoke();
  const textOf = useFailureText();
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const known = ownNames.get(name.trim()) ?? null;
  const save = async () => {
    if (name.trim() === '') {
      setError(t('saved.nameMissing'));
      return;
    }
    const given = { id: known, name: name.trim(), shared, ...query };
    const result = await invoke('ticketViews.save', given);
    if (!result.ok) {
      setError(textOf(result.error));
      return;
    }
    tell(t('saved.done', { name: result.value.name }));
    setName('');
    setError(null);
    onSaved();
  };
  return (
    <form
      className={styles.savedForm}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Field label={t('saved.name')} error={error ?? undefined}>
        {(control) => (
          <TextField
            {...control}
            maxLength={maxLineLength}
            data-testid="saved-view-name"
            value={name}
            onChange={(event) => {
              setName(event.currentTarget.value);
              setError(null);
            }}
          />
        )}
      </Field>
      <Checkbox
        size="xs"
        label={t('saved.shared')}
        checked={shared}
        onChange={(event) => setShared(event.currentTarget.checked)}
      />
      <Button size="sm" type="submit" data-testid="saved-view-save">
        {t(known === null ? 'saved.save' : 'saved.replace')}
      </Button>
    </form>
  );
}

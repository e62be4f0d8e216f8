import { useTranslation } from 'react-i18next';
import type { ArticleCategory } from '#shared/contract/methods/knowledge.ts';
import { languages } from '#shared/domain/text/text.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { useQueueChoices } from '../../i18n/useQueueChoices.ts';
import { useDesk } from '../../store/desk.ts';
import { Chip } from '../../ui/Chip.tsx';
import { Field } from '../../ui/Field.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { TextField } from '../../ui/TextField.tsx';
import fields from '../fields/fields.module.css';
import { LongText } from '../fields/LongText.tsx';
import { PathPicker } from '../fields/PathPicker.tsx';
import { pathText } from '../fields/pathSearch.ts';
import type { ArticleField, EditedArticle } from './articleFields.ts';
import styles from './knowledge.module.css';

const nothing: readonly never[] = [];

/** Queues and ticket categories for which the article is suggested. */
function Suggested({
  value,
  change,
}: {
  value: EditedArticle;
  change: (patch: Partial<EditedArticle>) => void;
}) {
  const { t } = useTranslation('knowledge');
  const { language } = useFormat();
  const categories = useDesk((desk) => desk.configuration?.ticketCategories ?? nothing);
  const { queueIds, ticketCategoryIds } = value;
  const queues = useQueueChoices(queueIds);
  const offered = categories.filter(
    ({ id, retired }) => !retired && !ticketCategoryIds.includes(id),
  );
  return (
    <>
      <fieldset className={fields.c6}>
        <legend className={fields.plainLabel}>{t('editor.queues')}</legend>
        <div className={fields.chips}>
          {queues.map(({ id, name }) => (
            <Chip
              key={id}
              pressed={queueIds.includes(id)}
              onClick={() =>
                change({
                  queueIds: queueIds.includes(id)
                    ? queueIds.filter((one) => one !== id)
                    : [...queueIds, id],
                })
              }
            >
              {name}
            </Chip>
          ))}
        </div>
      </fieldset>
      <Field className={fields.c6 ?? ''} label={t('editor.ticketCategories')}>
        {(control) => (
          <>
            <div className={ticketCategoryIds.length > 0 ? fields.chips : undefined}>
              {ticketCategoryIds.map((id) => {
                const category = categories.find((one) => one.id === id);
                return (
                  <Chip
                    key={id}
                    pressed
                    title={t('editor.takeOut')}
                    onClick={() =>
                      change({ ticketCategoryIds: ticketCategoryIds.filter((one) => one !== id) })
                    }
                  >
                    {category ? pathText(category, language) : id}
                  </Chip>
                );
              })}
            </div>
            <PathPicker
              control={control}
              items={offered}
              value={null}
              placeholder={t('editor.ticketCategoriesPlaceholder')}
              onChange={(id) => {
                if (id !== null) change({ ticketCategoryIds: [...ticketCategoryIds, id] });
              }}
              floating
              testId="article-ticketCategories"
            />
          </>
        )}
      </Field>
    </>
  );
}

/** The fields of an article, in the order in which they are filled. */
export function ArticleInputs({
  value,
  change,
  open,
  categories,
}: {
  value: EditedArticle;
  change: (patch: Partial<EditedArticle>) => void;
  open: readonly ArticleField[];
  categories: readonly ArticleCategory[];
}) {
  const { t } = useTranslation('knowledge');
  const needed = (field: ArticleField) => (open.includes(field) ? t(`needed.${field}`) : null);
  return (
    <div className={fields.grid}>
      <Field className={fields.c6 ?? ''} label={t('editor.title')} required error={needed('title')}>
        {(control) => (
          <TextField
            {...control}
            data-testid="article-title"
            value={value.title}
            onChange={(event) => change({ title: event.target.value })}
          />
        )}
      </Field>
      <Field className={fields.c3 ?? ''} label={t('editor.category')} error={needed('category')}>
        {(control) => (
          <>
            <TextField
              {...control}
              list="article-categories"
              data-testid="article-category"
              value={value.category}
              onChange={(event) => change({ category: event.target.value })}
            />
            <datalist id="article-categories">
              {categories
                .filter(({ language }) => language === value.language)
                .map(({ category }) => (
                  <option key={category} value={category} />
                ))}
            </datalist>
          </>
        )}
      </Field>
      <div className={fields.c3}>
        <div className={fields.plainLabel}>{t('editor.language')}</div>
        <Segmented
          label={t('editor.language')}
          value={value.language}
          options={languages.map((one) => ({ value: one, label: t(`languages.${one}`) }))}
          onChange={(language) => change({ language })}
        />
      </div>
      <Field
        className={fields.c4 ?? ''}
        label={t('editor.keywords')}
        hint={t('editor.keywordsHint')}
        error={needed('keywords')}
      >
        {(control) => (
          <TextField
            {...control}
            data-testid="article-keywords"
            value={value.keywords}
            onChange={(event) => change({ keywords: event.target.value })}
          />
        )}
      </Field>
      <Field
        className={fields.c2 ?? ''}
        label={t('editor.reviewOn')}
        hint={t('editor.reviewHint')}
        error={needed('reviewOn')}
      >
        {(control) => (
          <TextField
            {...control}
            placeholder="2027-06-30"
            data-testid="article-reviewOn"
            value={value.reviewOn}
            onChange={(event) => change({ reviewOn: event.target.value })}
          />
        )}
      </Field>
      <LongText
        className={`${fields.c6} ${styles.bodyField}`}
        label={t('editor.body')}
        placeholder={t('editor.bodyPlaceholder')}
        value={value.body}
        onChange={(body) => change({ body })}
        testId="article-body"
      />
      <Suggested value={value} change={change} />
    </div>
  );
}

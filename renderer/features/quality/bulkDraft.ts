import type { BulkAction, BulkFilter } from '#shared/contract/methods/quality.ts';

export const bulkActions = [
  'tidyNames',
  'normaliseNumbers',
  'setField',
  'clearField',
  'addTag',
  'removeTag',
] as const satisfies readonly BulkAction['action'][];

/** What stands in the form. */
export interface BulkDraft {
  action: BulkAction['action'];
  fieldId: string;
  value: string;
  onlyEmpty: boolean;
  tag: string;
  kind: BulkFilter['kind'];
  valueClass: BulkFilter['valueClass'];
  /** Empty: whatever tags a customer has. */
  withTag: string;
}

export const emptyDraft: BulkDraft = {
  action: 'tidyNames',
  fieldId: '',
  value: '',
  onlyEmpty: true,
  tag: '',
  kind: null,
  valueClass: null,
  withTag: '',
};

export interface BulkOrder {
  filter: BulkFilter;
  act: BulkAction;
}

/** What is asked of the desk, or the field that it lacks. */
export function orderOf(draft: BulkDraft): BulkOrder | 'value' | 'tag' | 'fieldId' {
  const { action, fieldId, value, onlyEmpty, kind, valueClass } = draft;
  const tag = draft.tag.trim();
  const filter = { kind, valueClass, tag: draft.withTag.trim() || null };
  switch (action) {
    case 'tidyNames':
    case 'normaliseNumbers':
      return { filter, act: { action } };
    case 'setField':
      if (fieldId === '') return 'fieldId';
      return value.trim() === ''
        ? 'value'
        : { filter, act: { action, fieldId, value: value.trim(), onlyEmpty } };
    case 'clearField':
      return fieldId === '' ? 'fieldId' : { filter, act: { action, fieldId } };
    case 'addTag':
    case 'removeTag':
      return tag === '' ? 'tag' : { filter, act: { action, tag } };
  }
}

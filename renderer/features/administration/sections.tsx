import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import type { Configuration, SettingKey } from '#shared/domain/configuration.ts';
import type { PartKey, PartOf } from '#shared/domain/settings/parts.ts';

export interface EditorProps<V> {
  value: V;
  /** What counts at the centre now. */
  held: V;
  onChange: (value: V) => void;
}

export type SettingValue = Record<string, unknown>;
type ValueOf<K extends SettingKey> = K extends PartKey ? PartOf<K> : Configuration;

/** One page of the settings. Its name stands in `administration:sections.<id>`. */
export interface Section {
  id: string;
  /** The part of the configuration whose value it edits. */
  key: SettingKey;
  /** Where several pages share a part: what of it this one edits. Empty: all of it. */
  fields: readonly string[];
  Editor: LazyExoticComponent<ComponentType<EditorProps<SettingValue>>>;
}

function section<K extends SettingKey>(
  id: string,
  key: K,
  load: () => Promise<ComponentType<EditorProps<ValueOf<K>>>>,
  fields: readonly string[] = [],
): Section {
  // The centre gives each part in the shape of its schema, and holds against it what is saved.
  const Editor = lazy(async () => ({
    default: (await load()) as unknown as ComponentType<EditorProps<SettingValue>>,
  }));
  return { id, key, fields, Editor };
}

/** The first part has many pages. */
function ofConfiguration(
  id: string,
  fields: readonly string[],
  load: () => Promise<ComponentType<EditorProps<Configuration>>>,
): Section {
  return section(id, 'configuration', load, fields);
}

/** In the order in which they are listed. */
export const sections: readonly Section[] = [
  ofConfiguration('centre', ['organisation', 'home', 'currency'], async () => {
    const { CentreEditor } = await import('./centre/CentreEditor.tsx');
    return CentreEditor;
  }),
  ofConfiguration('queues', ['queues'], async () => {
    const { QueuesEditor } = await import('./queues/QueuesEditor.tsx');
    return QueuesEditor;
  }),
  ofConfiguration(
    'phones',
    [
      'phone.missed',
      'phone.waitingCalls',
      'phone.listening',
      'phone.digits',
      'phone.echoNumber',
      'phone.callerIds',
    ],
    async () => {
      const { PhonesEditor } = await import('./centre/PhonesEditor.tsx');
      return PhonesEditor;
    },
  ),
  ofConfiguration('numbers', ['phone.directory', 'phone.dialling'], async () => {
    const { NumbersEditor } = await import('./centre/NumbersEditor.tsx');
    return NumbersEditor;
  }),
  ofConfiguration('breaks', ['breakReasons', 'phone.breakLimitsMs'], async () => {
    const { BreaksEditor } = await import('./centre/BreaksEditor.tsx');
    return BreaksEditor;
  }),
  ofConfiguration('dispositions', ['dispositions'], async () => {
    const { DispositionEditor } = await import('./TreeEditors.tsx');
    return DispositionEditor;
  }),
  ofConfiguration('categories', ['ticketCategories'], async () => {
    const { CategoryEditor } = await import('./TreeEditors.tsx');
    return CategoryEditor;
  }),
  section('customerValue', 'customerValue', async () => {
    const { CustomerValueEditor } = await import('../segments/CustomerValueEditor.tsx');
    return CustomerValueEditor;
  }),
  section('wrapUps', 'wrapUps', async () => {
    const { WrapUpRulesEditor } = await import('../wrapUp/WrapUpRulesEditor.tsx');
    return WrapUpRulesEditor;
  }),
  section('complaints', 'complaints', async () => {
    const { ComplaintRulesEditor } = await import('../complaints/ComplaintRulesEditor.tsx');
    return ComplaintRulesEditor;
  }),
  section('returnVisits', 'returnVisits', async () => {
    const { ReturnVisitRulesEditor } = await import('../visits/ReturnVisitRulesEditor.tsx');
    return ReturnVisitRulesEditor;
  }),
  section('customerForm', 'customerForm', async () => {
    const { CustomerFormEditor } = await import('../register/CustomerFormEditor.tsx');
    return CustomerFormEditor;
  }),
  section('serviceLevels', 'serviceLevels', async () => {
    const { ServiceLevelsEditor } = await import('../serviceLevels/ServiceLevelsEditor.tsx');
    return ServiceLevelsEditor;
  }),
  section('supervision', 'supervision', async () => {
    const { SupervisionEditor } = await import('../board/rules/SupervisionEditor.tsx');
    return SupervisionEditor;
  }),
  section('teams', 'teams', async () => {
    const { TeamsEditor } = await import('./TeamsEditor.tsx');
    return TeamsEditor;
  }),
];

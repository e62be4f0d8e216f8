import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import type { Configuration, SettingKey } from '#shared/domain/configuration.ts';
import type { PartKey, PartOf } from '#shared/domain/settings/parts.ts';

export interface EditorProps<V> {
  value: V;
  onChange: (value: V) => void;
}

export type SettingValue = Record<string, unknown>;
type ValueOf<K extends SettingKey> = K extends PartKey ? PartOf<K> : Configuration;

/** One page of the settings. Its name stands in `administration:sections.<id>`. */
export interface Section {
  id: string;
  /** The part of the configuration whose value it edits. */
  key: SettingKey;
  Editor: LazyExoticComponent<ComponentType<EditorProps<SettingValue>>>;
}

function section<K extends SettingKey>(
  id: string,
  key: K,
  load: () => Promise<ComponentType<EditorProps<ValueOf<K>>>>,
): Section {
  // The centre gives each part in the shape of its schema, and holds against it what is saved.
  const Editor = lazy(async () => ({
    default: (await load()) as unknown as ComponentType<EditorProps<SettingValue>>,
  }));
  return { id, key, Editor };
}

/** In the order in which they are listed. */
export const sections: readonly Section[] = [
  section('dispositions', 'configuration', async () => {
    const { DispositionEditor } = await import('./TreeEditors.tsx');
    return DispositionEditor;
  }),
  section('categories', 'configuration', async () => {
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

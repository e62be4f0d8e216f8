import type { Configuration } from '#shared/domain/configuration.ts';
import type { EditorProps } from './sections.tsx';
import { TreeEditor } from './TreeEditor.tsx';

/** Reasons and details that calls are wrapped up with. */
export function DispositionEditor({ value, onChange }: EditorProps<Configuration>) {
  return (
    <TreeEditor
      kind="dispositions"
      items={value.dispositions}
      onChange={(dispositions) => onChange({ ...value, dispositions })}
    />
  );
}

/** Categories of tickets. */
export function CategoryEditor({ value, onChange }: EditorProps<Configuration>) {
  return (
    <TreeEditor
      kind="categories"
      items={value.ticketCategories}
      onChange={(ticketCategories) => onChange({ ...value, ticketCategories })}
    />
  );
}

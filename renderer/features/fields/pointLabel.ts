import { useEffect, useState } from 'react';
import type { Configuration } from '#shared/domain/configuration.ts';
import type { ContactPoint } from '#shared/domain/customers/customer.ts';
import { useDesk } from '../../store/desk.ts';
import { readNumber } from './numberTables.ts';

type Kind = ContactPoint['kind'];
export type PointLabel = ContactPoint['label'];

const all = ['mobile', 'landline', 'work', 'home', 'other'] as const;

/** What a way to reach somebody may be called: only numbers are mobile or landline. */
export function labelsOf(kind: Kind): readonly PointLabel[] {
  return kind === 'phone' ? all : all.slice(2);
}

const usual: Record<Kind, PointLabel> = { phone: 'mobile', email: 'other', address: 'home' };

/** What is typed of a way to reach somebody; `label` null: nobody has chosen one, and the number itself tells. */
interface Unnamed {
  kind: Kind;
  label: PointLabel | null;
  raw: string;
}

type Home = Configuration['home'] | null;

async function tellingLabel(raw: string, home: Home): Promise<PointLabel | null> {
  const [parsed, { lineKindOf }] = await Promise.all([
    readNumber(raw, home),
    import('#shared/domain/numbers/lineKind.ts'),
  ]);
  return lineKindOf(parsed);
}

/** The label under which it is stored. */
export async function labelOf({ kind, label, raw }: Unnamed, home: Home): Promise<PointLabel> {
  if (label !== null) return label;
  return (kind === 'phone' ? await tellingLabel(raw, home) : null) ?? usual[kind];
}

/** The label to show while it is typed. */
export function useShownLabel({ kind, label, raw }: Unnamed): PointLabel {
  const home = useDesk((desk) => desk.configuration?.home ?? null);
  const [told, setTold] = useState<PointLabel | null>(null);
  const asks = label === null && kind === 'phone' && raw !== '';
  useEffect(() => {
    if (!asks) return;
    let wanted = true;
    void tellingLabel(raw, home).then((found) => {
      if (wanted) setTold(found);
    });
    return () => {
      wanted = false;
    };
  }, [asks, raw, home]);
  if (label !== null) return label;
  return (asks ? told : null) ?? usual[kind];
}

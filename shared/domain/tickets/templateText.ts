/** What a template may name in braces, such as `{customer.name}`. */
export const templateFields = [
  'customer.name',
  'customer.no',
  'ticket.no',
  'ticket.subject',
  'ticket.resolution',
  'ticket.dueOn',
  'agent.name',
  'today',
] as const;
export type TemplateField = (typeof templateFields)[number];
export type TemplateValues = Partial<Record<TemplateField, string | null>>;

const named = /\{([A-Za-z][\w.]{0,63})\}/gu;
const known: ReadonlySet<string> = new Set(templateFields);

/** Names in braces that no template can fill in, each once, in their order. */
export function unknownFields(text: string): string[] {
  const names = [...text.matchAll(named)].map(([, name = '']) => name);
  return [...new Set(names.filter((name) => !known.has(name)))];
}

/** The text with what is known of it; everything else stays as it is, and is named in `open`. */
export function filledIn(text: string, values: TemplateValues): { text: string; open: string[] } {
  const open = new Set<string>();
  const filled = text.replaceAll(named, (whole, name: string) => {
    const value = known.has(name) ? values[name as TemplateField] : null;
    if (value) return value;
    open.add(name);
    return whole;
  });
  return { text: filled, open: [...open] };
}

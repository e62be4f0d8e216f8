/** One step of the schema. Written once; a later change of the schema is a later step. */
export interface Migration {
  /** 1, 2, 3 … without gaps. */
  version: number;
  sql: string;
}

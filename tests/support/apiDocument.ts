import { ServerClient } from './serverClient.ts';

/** As much of JSON Schema as the server's document has. */
export interface JsonSchema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: boolean | JsonSchema;
  propertyNames?: JsonSchema;
  items?: JsonSchema;
  prefixItems?: JsonSchema[];
  minItems?: number;
  maxItems?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  format?: string;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  description?: string;
}

export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  description?: string;
  schema: JsonSchema;
}

export interface Body {
  schema: JsonSchema;
  example?: unknown;
}

export interface Operation {
  method: string;
  /** With `{id}` for its parameters. */
  path: string;
  summary?: string;
  description?: string;
  operationId?: string;
  tags?: string[];
  security?: Record<string, string[]>[];
  parameters: Parameter[];
  /** By media type; empty where there is no body. */
  bodies: Record<string, Body>;
  responses: Record<string, { content?: Record<string, { schema: JsonSchema }> }>;
}

interface Item extends Omit<Operation, 'method' | 'path' | 'parameters' | 'bodies'> {
  parameters?: Parameter[];
  requestBody?: { content: Record<string, Partial<Body>> };
}

export interface ApiDocument {
  openapi: string;
  paths: Record<string, Record<string, Item>>;
}

/** What the running server says of itself. */
export async function readDocument(url: string): Promise<ApiDocument> {
  return (await new ServerClient(url).call<ApiDocument>('GET', '/api/openapi.json')).body;
}

/** Every operation of the document, so that a new route is tried without anybody thinking of it. */
export function operationsOf({ paths }: ApiDocument): Operation[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, { requestBody, parameters, ...rest }]) => ({
      ...rest,
      method: method.toUpperCase(),
      path,
      parameters: parameters ?? [],
      bodies: Object.fromEntries(
        Object.entries(requestBody?.content ?? {}).map(([type, body]) => [
          type,
          { ...body, schema: body.schema ?? {} },
        ]),
      ),
    })),
  );
}

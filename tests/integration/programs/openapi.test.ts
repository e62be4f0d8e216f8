import { Validator } from '@seriousme/openapi-schema-validator';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { buildApp } from '#server/http/app.ts';
import type { ServerContext } from '#server/http/context.ts';
import {
  type ApiDocument,
  type JsonSchema,
  type Operation,
  operationsOf,
} from '../../support/apiDocument.ts';
import { testOptions } from '../../support/serverBackends.ts';

/** Everybody may ask these. */
const open = new Set(['GET /healthz', 'GET /readyz', 'POST /api/session', 'GET /api/practice']);
/** The document itself, what OpenAPI cannot say, and what is for the operator alone. */
const hidden = new Set(['GET /api/openapi.json', 'GET /api/sync/live', 'GET /metrics']);

describe('the document of the interface', () => {
  let document: ApiDocument;
  let operations: Operation[];
  let routes: string[];

  beforeAll(async () => {
    const app = await buildApp(idleContext());
    await app.ready();
    document = JSON.parse(JSON.stringify(app.swagger()));
    operations = operationsOf(document);
    const table = app.getDecorator<Map<string, Set<string>>>('routeTable');
    routes = [...table].flatMap(([url, methods]) => [...methods].map((one) => `${one} ${url}`));
    await app.close();
  });

  const programs = () => operations.filter(({ path }) => path.startsWith('/api/v1/'));
  const nameOf = ({ method, path }: Operation) => `${method} ${path}`;

  test('is OpenAPI 3.1', async () => {
    const { valid, errors } = await new Validator().validate({ ...structuredClone(document) });
    expect(errors).toBeUndefined();
    expect(valid).toBe(true);
    expect(document.openapi).toMatch(/^3\.1\./);
  });

  test('has every route of the server', () => {
    const told = new Set(operations.map(nameOf));
    const missing = routes
      .map((route) => route.replaceAll(/:(\w+)/g, '{$1}'))
      .filter((route) => !/^(HEAD|OPTIONS) /.test(route) && !hidden.has(route))
      .filter((route) => !told.has(route));
    expect(missing).toEqual([]);
    expect(told.size).toBeGreaterThan(50);
  });

  test('says of every operation what it does, who may, and how it fails', () => {
    const wrong = operations.filter((operation) => {
      const { summary, tags, security, responses } = operation;
      const isOpen = open.has(nameOf(operation));
      const fails = Object.entries(responses).filter(([status]) => /^[45]/.test(status));
      const inWords = fails.every(([, { content }]) => content?.['application/problem+json']);
      const isSaid = summary && tags?.length === 1 && inWords;
      return !isSaid || (!isOpen && (!security || fails.length === 0));
    });
    expect(wrong.map(nameOf)).toEqual([]);
  });

  test('explains every field, parameter and body of programs', () => {
    const wrong = programs().flatMap((operation) => {
      const { description, operationId, parameters, bodies, responses } = operation;
      const schemas = [
        ...Object.values(bodies).map(({ schema }) => schema),
        ...Object.values(responses['200']?.content ?? {}).map(({ schema }) => schema),
      ];
      const fields = schemas.flatMap((schema) => [
        ...Object.entries(schema.properties ?? {}),
        ...Object.entries(schema.properties?.items?.items?.properties ?? {}),
      ]);
      const silent = fields
        .filter(([name, field]) => !field.description && name !== 'items')
        .map(([name]) => name);
      const mute = parameters.filter((one) => !one.description).map(({ name }) => name);
      const blunt = Object.values(bodies).filter(({ example }) => !example).length;
      return description && operationId && silent.length + mute.length + blunt === 0
        ? []
        : [[nameOf(operation), ...silent, ...mute, blunt]];
    });
    expect(wrong).toEqual([]);
    expect(new Set(programs().map(({ operationId }) => operationId)).size).toBe(programs().length);
  });

  test('gives examples that its own schemas take', () => {
    const bodies = programs().flatMap((operation) =>
      Object.values(operation.bodies).map((body) => ({ name: nameOf(operation), ...body })),
    );
    expect(bodies.length).toBeGreaterThan(10);
    for (const { name, schema, example } of bodies) {
      expect(readerOf(schema).safeParse(example).error, name).toBeUndefined();
    }
  });
});

function readerOf(schema: JsonSchema): z.ZodType {
  return z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);
}

/** Enough to register every route; none is ever called. */
function idleContext(): ServerContext {
  return new Proxy(
    {},
    { get: (_target, name) => (name === 'options' ? testOptions() : idle) },
  ) as ServerContext;
}

const idle: unknown = new Proxy(() => {}, {
  get: (_target, name) => (name === 'then' ? undefined : idle),
  apply: () => undefined,
});

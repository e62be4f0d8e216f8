import fc from 'fast-check';
import type { Operation, Parameter } from './apiDocument.ts';
import { samplesOf } from './schemaSamples.ts';

/** One request as bytes, not yet with anybody's credentials. */
export interface RawRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: Buffer | null;
  /** What was done to it, for the message of a failure. */
  twist: string;
}

/** What stands in the place of a part: of another type, too long, no text, of no meaning. */
export const garbage: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom<unknown>(
    ...['', '\0', 'a\0b', '\ud800', 'x'.repeat(3_000), '../../etc/passwd', "' or 1=1 --"],
    ...[2 ** 53, -1, 1.5, 1e300, 2 ** 31, null, true, [], {}],
  ),
  fc.uuid(),
  fc.stringMatching(/^\d{1,22}\.\d{1,22}$/),
);

type Path = (string | number)[];

/** Requests of one operation: right ones, and ones that are wrong in one way. `ids` are of records that are there. */
export function requestsOf(operation: Operation, ids: readonly string[]): fc.Arbitrary<RawRequest> {
  const { method, path, parameters } = operation;
  const of = (where: Parameter['in']) => parameters.filter((one) => one.in === where);
  const [type = null] = Object.keys(operation.bodies);
  const schema = type === null ? null : (operation.bodies[type]?.schema ?? {});
  const isJson = type !== null && /json/.test(type);
  return fc
    .record({
      pathValues: valuesOf(of('path'), ids),
      query: valuesOf(of('query'), ids, true),
      headers: fc.oneof({ weight: 4, arbitrary: fc.constant({}) }, wrongHeaders),
      body: schema === null ? fc.constant(null) : bodies(samplesOf(schema, ids), ids, isJson),
    })
    .map(({ pathValues, query, headers, body }) => ({
      method,
      path: addressOf(path, pathValues, query),
      headers: { ...(type === null ? {} : { 'content-type': type }), ...headers },
      body: body?.bytes ?? null,
      twist: body?.twist ?? 'no body',
    }));
}

function valuesOf(
  parameters: Parameter[],
  ids: readonly string[],
  mayLack = false,
): fc.Arbitrary<[string, string][]> {
  const one = ({ name, schema }: Parameter) =>
    fc.tuple(
      fc.constant(name),
      fc.oneof(
        { weight: 3, arbitrary: samplesOf(schema).map(String).map(encodeURIComponent) },
        { weight: 2, arbitrary: fc.constantFrom(...ids) },
        fc.constantFrom(
          '%00',
          '%ff',
          '%',
          '..',
          '',
          '%2e%2e%2f',
          '%F0%9F%98%80',
          'x'.repeat(2_000),
        ),
        fc.constantFrom('null', 'true', '-1', '1e99', '[]', '%7B%7D', '%27%3B--'),
      ),
    );
  const all = fc.tuple(...parameters.map(one));
  if (!mayLack) return all;
  const stray = fc.constantFrom<[string, string]>(['x', '1'], ['%00', ''], ['limit%5B%5D', '1']);
  return fc
    .tuple(fc.subarray(parameters), fc.array(stray, { maxLength: 1 }))
    .chain(([some, strays]) => fc.tuple(...some.map(one)).map((values) => [...values, ...strays]));
}

function addressOf(path: string, values: [string, string][], query: [string, string][]): string {
  const filled = values.reduce(
    (text, [name, value]) => text.replace(`{${name}}`, () => value),
    path,
  );
  const pairs = query.map(([name, value]) => `${name}=${value}`).join('&');
  // A line break or a blank would make another request of it, before the server has a say.
  return `${filled}${pairs ? '?' : ''}${pairs}`.replaceAll(/[^\x21-\x7e]/g, encodeURIComponent);
}

const wrongHeaders = fc.constantFrom<Record<string, string>>(
  { authorization: 'Bearer' },
  { authorization: `Bearer ${'x'.repeat(5_000)}` },
  { authorization: 'Basic YTpi' },
  { 'content-type': 'text/plain' },
  { 'content-type': 'multipart/form-data; boundary=x' },
  { 'content-type': 'application/json; charset=utf-16' },
  { 'content-type': '\u00ff' },
  { 'content-encoding': 'gzip' },
  { 'content-encoding': 'x' },
  { 'idempotency-key': '\u00ff' },
  { 'idempotency-key': 'a b' },
  { 'idempotency-key': '1' },
  { 'if-match': 'W/"1"' },
  { 'if-match': '"99999999999999999999"' },
  { accept: 'text/html' },
  { 'accept-encoding': '\u00ff' },
  { range: 'bytes=0-1' },
  { expect: '100-continue' },
  { cookie: '\u00ff=\u00ff' },
  { 'x-forwarded-for': "'; drop table record" },
);

interface Bytes {
  bytes: Buffer;
  twist: string;
}

function bodies(
  samples: fc.Arbitrary<unknown>,
  ids: readonly string[],
  isJson: boolean,
): fc.Arbitrary<Bytes> {
  const anything = fc.uint8Array({ maxLength: 300 }).map((bytes) => ({
    bytes: Buffer.from(bytes),
    twist: 'bytes',
  }));
  if (!isJson) return anything;
  const right = samples.map((value) => jsonOf(value, 'right'));
  const twisted = fc
    .tuple(samples, fc.nat(), fc.oneof(garbage, fc.constantFrom(...ids)), fc.nat(3))
    .map(([sample, which, value, kind]) => twist(sample, which, value, kind));
  return fc.oneof(
    { weight: 3, arbitrary: right },
    { weight: 8, arbitrary: twisted },
    { weight: 2, arbitrary: fc.constantFrom(...brokenJson) },
    anything,
  );
}

/** One part of the sample (`which`, of all of them) replaced, left out or added to, by `kind` 0 to 3. */
export function twist(sample: unknown, which: number, value: unknown, kind: number): Bytes {
  const paths = [...pathsOf(sample)];
  const path = paths[which % paths.length] ?? [];
  if (kind === 0) return jsonOf(put(sample, [...path, 'x'], value), `more at ${path.join('.')}`);
  if (kind === 1) return jsonOf(put(sample, path, undefined), `none at ${path.join('.')}`);
  return jsonOf(put(sample, path, value), `other at ${path.join('.')}`);
}

function jsonOf(value: unknown, twist: string): Bytes {
  return { bytes: Buffer.from(JSON.stringify(value) ?? ''), twist };
}

const deep = 20_000;
const brokenJson: Bytes[] = [
  ['nothing', ''],
  ['half', '{'],
  ['null', 'null'],
  ['a poisoned prototype', '{"__proto__":{"x":1}}'],
  ['a poisoned constructor', '{"constructor":{"prototype":{"x":1}}}'],
  ['deep arrays', `${'['.repeat(deep)}${']'.repeat(deep)}`],
  ['deep objects', `${'{"a":'.repeat(deep)}1${'}'.repeat(deep)}`],
  ['much', JSON.stringify('x'.repeat(60_000))],
  ['a byte order mark', '\ufeff{}'],
  ['a number too large', '{"limit":1e999}'],
].map(([twist = '', text = '']) => ({ twist, bytes: Buffer.from(text) }));
brokenJson.push(
  { twist: 'no UTF-8', bytes: Buffer.from([0x22, 0xc3, 0x28, 0xff, 0xfe, 0x22]) },
  { twist: 'no UTF-8 inside', bytes: Buffer.from('{"name":"\xff\xc0"}', 'latin1') },
);

export function* pathsOf(value: unknown, path: Path = []): Generator<Path> {
  yield path;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, part] of Object.entries(value)) {
    yield* pathsOf(part, [...path, Array.isArray(value) ? Number(key) : key]);
  }
}

/** The value with the part at the path replaced. */
export function put(body: unknown, path: Path, value: unknown): unknown {
  const [head, ...rest] = path;
  if (head === undefined) return value;
  const isHolder = typeof body === 'object' && body !== null;
  const whole = (isHolder ? structuredClone(body) : {}) as Record<string | number, unknown>;
  whole[head] = put(whole[head], rest, value);
  return whole;
}

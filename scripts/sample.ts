import { createWriteStream, mkdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import type { CallHistoryOptions } from '#shared/sample/callDays/callDays.ts';
import {
  generateSample,
  type SampleOptions,
  type SampleSummary,
  sampleProblem,
} from '#shared/sample/generate.ts';
import { mostCalls, mostQueues, quarterBefore, writeCalls } from './sampleCalls.ts';
import { createLines } from './sampleLines.ts';

const usage = `Writes sample data as NDJSON: customers, one record a line ({"entity", "id", "fields"}), or a quarter of calls,
one event a line (shared/domain/metrics/callEvents.ts).

  npm run sample -- [--customers 2000] [--seed 7] [--as-of 2026-11-01] [--out out/sample]
  npm run sample -- --calls 1000000 [--queues 20] [--seed 7] [--as-of 2026-11-01] [--out out/sample]

  --customers  how many customers, with all that belongs to them
  --calls      how many calls come in within the 13 weeks before the sample's today, in a centre of that size
  --queues     how many queues that centre has
  --seed       another seed is another sample; the same options give the same bytes
  --as-of      the sample's today, YYYY-MM-DD from 2026-01-01 on (usual: today)
  --out        folder for records.ndjson or events.ndjson and summary.json, or - for the standard output`;

const progressEvery = 10_000;

interface Wish {
  options: SampleOptions | CallHistoryOptions;
  out: string;
}

/** Options from the command line, or what is wrong with them. */
export function readArguments(args: readonly string[], nowMs: number): Wish | string {
  let values: Partial<Record<'customers' | 'calls' | 'queues' | 'seed' | 'as-of' | 'out', string>>;
  try {
    values = parseArgs({
      args: [...args],
      options: {
        customers: { type: 'string' },
        calls: { type: 'string' },
        queues: { type: 'string' },
        seed: { type: 'string' },
        'as-of': { type: 'string' },
        out: { type: 'string' },
      },
    }).values;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const day = values['as-of'] ?? new Date(nowMs).toISOString().slice(0, 10);
  const asOfMs = dayOf(day);
  if (asOfMs === null) return `--as-of is not a date such as 2026-11-01: ${day}`;
  const out = values.out ?? join('out', 'sample');
  const seed = wholeNumber(values.seed ?? '7');
  if (values.calls === undefined) {
    if (values.queues !== undefined) return '--queues has a meaning beside --calls only';
    const options = { customers: wholeNumber(values.customers ?? '2000'), seed, asOfMs };
    return sampleProblem(options) ?? { options, out };
  }
  if (values.customers !== undefined)
    return '--calls and --customers are two samples: one at a time';
  const size = { calls: wholeNumber(values.calls), queues: wholeNumber(values.queues ?? '20') };
  const problem = callsProblem(size) ?? sampleProblem({ customers: 1, seed, asOfMs });
  return problem ?? { options: quarterBefore(asOfMs, { ...size, seed }), out };
}

function callsProblem({ calls, queues }: { calls: number; queues: number }): string | null {
  if (!(calls >= 1 && calls <= mostCalls)) {
    return `calls must be a whole number from 1 to ${mostCalls}`;
  }
  if (!(queues >= 1 && queues <= mostQueues)) {
    return `queues must be a whole number from 1 to ${mostQueues}`;
  }
  return null;
}

function wholeNumber(text: string): number {
  return /^\d+$/.test(text) ? Number(text) : Number.NaN;
}

function dayOf(text: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const ms = Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== text) return null;
  return ms;
}

/**
 * Write every record of the sample as a line and wait whenever the receiver is slow, so that memory
 * stays flat. Does not end `to`. `onCustomer` is told how many customers have begun.
 */
export async function writeSample(
  options: SampleOptions,
  to: Writable,
  onCustomer?: (begun: number) => void,
): Promise<SampleSummary> {
  const records = generateSample(options);
  const lines = createLines(to);
  let begun = 0;
  for (;;) {
    const step = records.next();
    if (step.done) {
      await lines.flush();
      return step.value;
    }
    if (step.value.entity === 'customer') onCustomer?.(++begun);
    await lines.write(step.value);
  }
}

function showProgress(
  all: number,
  what: string,
  every: number,
): ((done: number) => void) | undefined {
  if (!process.stderr.isTTY) return undefined;
  return (done) => {
    if (done % every !== 0 && done !== all) return;
    const share = Math.floor((done / all) * 100);
    process.stderr.write(`\r${share} % (${done} of ${all} ${what})`);
    if (done === all) process.stderr.write('\n');
  };
}

async function writeFolder({ options, out }: Wish): Promise<void> {
  mkdirSync(out, { recursive: true });
  const path = join(out, 'calls' in options ? 'events.ndjson' : 'records.ndjson');
  const file = createWriteStream(path);
  const started = performance.now();
  const { summary, lines, words } =
    'calls' in options ? await callsInto(options, file) : await customersInto(options, file);
  file.end();
  await finished(file);
  await writeFile(join(out, 'summary.json'), `${JSON.stringify(summary, null, 2)}\n`);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const peakMb = Math.round(process.resourceUsage().maxRSS / 1024);
  console.log(
    `${path}: ${words}, ${lines} lines, ${file.bytesWritten} bytes, ${seconds} s, at most ${peakMb} MB of memory`,
  );
}

async function customersInto(options: SampleOptions, to: Writable) {
  const { customers } = options;
  const progress = showProgress(customers, 'customers', progressEvery);
  const summary = await writeSample(options, to, progress);
  const words = `${customers} customers`;
  return { summary: { ...options, ...summary }, lines: sumOf(summary.records), words };
}

async function callsInto(options: CallHistoryOptions, to: Writable) {
  const summary = await writeCalls(options, to, showProgress(options.days, 'days', 1));
  return { summary, lines: sumOf(summary.events), words: `${options.calls} calls` };
}

function sumOf(counts: Partial<Record<string, number>>): number {
  return Object.values(counts).reduce<number>((sum, count) => sum + (count ?? 0), 0);
}

async function main(): Promise<void> {
  const wish = readArguments(process.argv.slice(2), Date.now());
  if (typeof wish === 'string') {
    console.error(`${wish}\n\n${usage}`);
    process.exitCode = 2;
    return;
  }
  try {
    const { options, out } = wish;
    if (out !== '-') await writeFolder(wish);
    else if ('calls' in options) await writeCalls(options, process.stdout);
    else await writeSample(options, process.stdout);
  } catch (error) {
    // The reader of a pipe may stop early, as `head` does.
    if (error instanceof Error && 'code' in error && error.code === 'EPIPE') return;
    console.error(
      `The sample could not be written: ${error instanceof Error ? error.message : error}`,
    );
    process.exitCode = 1;
  }
}

if (import.meta.main) await main();

import { once } from 'node:events';
import { createWriteStream, mkdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import {
  generateSample,
  type SampleOptions,
  type SampleSummary,
  sampleProblem,
} from '#shared/sample/generate.ts';

const usage = `Writes sample data as NDJSON, one record a line: {"entity", "id", "fields"}.

  npm run sample -- [--customers 2000] [--seed 7] [--as-of 2026-11-01] [--out out/sample]

  --customers  how many customers, with all that belongs to them
  --seed       another seed is another sample; the same options give the same bytes
  --as-of      the sample's today, YYYY-MM-DD from 2026-01-01 on (usual: today)
  --out        folder for records.ndjson and summary.json, or - for the standard output`;

const chunkLength = 256 * 1024;
const progressEvery = 10_000;

interface Wish {
  options: SampleOptions;
  out: string;
}

/** Options from the command line, or what is wrong with them. */
export function readArguments(args: readonly string[], nowMs: number): Wish | string {
  let values: { customers?: string; seed?: string; 'as-of'?: string; out?: string };
  try {
    values = parseArgs({
      args: [...args],
      options: {
        customers: { type: 'string' },
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
  const options: SampleOptions = {
    customers: wholeNumber(values.customers ?? '2000'),
    seed: wholeNumber(values.seed ?? '7'),
    asOfMs,
  };
  return sampleProblem(options) ?? { options, out: values.out ?? join('out', 'sample') };
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
  let begun = 0;
  let chunk = '';
  for (;;) {
    const step = records.next();
    if (step.done) {
      await send(chunk, to);
      return step.value;
    }
    if (step.value.entity === 'customer') onCustomer?.(++begun);
    chunk += `${JSON.stringify(step.value)}\n`;
    if (chunk.length < chunkLength) continue;
    await send(chunk, to);
    chunk = '';
  }
}

async function send(chunk: string, to: Writable): Promise<void> {
  if (chunk !== '' && !to.write(chunk)) await once(to, 'drain');
}

function showProgress(customers: number): ((begun: number) => void) | undefined {
  if (!process.stderr.isTTY) return undefined;
  return (begun) => {
    if (begun % progressEvery !== 0 && begun !== customers) return;
    const share = Math.floor((begun / customers) * 100);
    process.stderr.write(`\r${share} % (${begun} of ${customers} customers)`);
    if (begun === customers) process.stderr.write('\n');
  };
}

async function writeFolder({ options, out }: Wish): Promise<void> {
  mkdirSync(out, { recursive: true });
  const path = join(out, 'records.ndjson');
  const file = createWriteStream(path);
  const started = performance.now();
  const summary = await writeSample(options, file, showProgress(options.customers));
  file.end();
  await finished(file);
  await writeFile(
    join(out, 'summary.json'),
    `${JSON.stringify({ ...options, ...summary }, null, 2)}\n`,
  );
  const records = Object.values(summary.records).reduce((sum, count) => sum + count, 0);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const peakMb = Math.round(process.resourceUsage().maxRSS / 1024);
  console.log(
    `${path}: ${options.customers} customers, ${records} records, ${file.bytesWritten} bytes, ${seconds} s, at most ${peakMb} MB of memory`,
  );
}

async function main(): Promise<void> {
  const wish = readArguments(process.argv.slice(2), Date.now());
  if (typeof wish === 'string') {
    console.error(`${wish}\n\n${usage}`);
    process.exitCode = 2;
    return;
  }
  try {
    if (wish.out === '-') {
      await writeSample(wish.options, process.stdout);
    } else await writeFolder(wish);
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

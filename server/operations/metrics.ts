import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { ConnectorStatus, PushResult } from '#shared/sync/messages.ts';
import type { PoolState } from '../store/store.ts';

/** A value with its labels, which come from closed lists: never names, numbers, ids. */
export interface Sample {
  labels: Record<string, string>;
  value: number;
}

export interface Metrics {
  answered(request: { method: string; route: string; status: number; tookMs: number }): void;
  /** Operations by outcome. */
  pushed(results: readonly PushResult[]): void;
  /** A page that a desk was given. */
  pulled(changes: number): void;
  /** A gauge that is asked for its samples whenever the metrics are read. */
  gauge(
    name: string,
    help: string,
    labels: readonly string[],
    collect: () => Sample[] | Promise<Sample[]>,
  ): void;
  /** A counter that is asked for its samples whenever the metrics are read; they only grow while the process runs. */
  counter(name: string, help: string, labels: readonly string[], collect: () => Sample[]): void;
  contentType: string;
  /** Everything, in Prometheus' text format. */
  text(): Promise<string>;
}

export interface Watched {
  pool(): PoolState | null;
  isFull(): boolean;
  liveSockets(): number;
  connector(): ConnectorStatus;
}

const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

let ofProcess: Registry | null = null;

/** Memory, processor, event loop and garbage collection: of the process, however many servers are in it. */
function processRegistry(): Registry {
  if (!ofProcess) {
    ofProcess = new Registry();
    collectDefaultMetrics({ register: ofProcess });
  }
  return ofProcess;
}

export function createMetrics(watched: Watched): Metrics {
  const own = new Registry();
  const registers = [own];
  const requests = new Histogram({
    name: 'switchboard_http_request_duration_seconds',
    help: 'Requests that were answered',
    labelNames: ['method', 'route', 'status'],
    buckets,
    registers,
  });
  const operations = new Counter({
    name: 'switchboard_sync_operations_total',
    help: 'Operations that desks pushed',
    labelNames: ['outcome', 'reason'],
    registers,
  });
  const pages = new Counter({
    name: 'switchboard_sync_pages_total',
    help: 'Pages that desks pulled',
    registers,
  });
  const changes = new Counter({
    name: 'switchboard_sync_changes_total',
    help: 'Records in the pages that desks pulled',
    registers,
  });

  const metrics: Metrics = {
    answered({ method, route, status, tookMs }) {
      requests.observe({ method, route, status: String(status) }, tookMs / 1_000);
    },
    pushed(results) {
      const alike = Map.groupBy(results, ({ outcome, reason }) => `${outcome} ${reason}`);
      for (const [first, ...more] of alike.values()) {
        if (first) operations.inc(labelsOf(first), 1 + more.length);
      }
    },
    pulled(count) {
      pages.inc();
      changes.inc(count);
    },
    gauge(name, help, labels, collect) {
      new Gauge({
        name,
        help,
        labelNames: [...labels],
        registers,
        async collect() {
          const samples = await samplesOf(collect);
          this.reset();
          for (const { labels: of, value } of samples) this.set(of, value);
        },
      });
    },
    counter(name, help, labels, collect) {
      new Counter({
        name,
        help,
        labelNames: [...labels],
        registers,
        collect() {
          this.reset();
          for (const { labels: of, value } of collect()) this.inc(of, value);
        },
      });
    },
    contentType: own.contentType,
    text: async () => `${await processRegistry().metrics()}\n${await own.metrics()}`,
  };
  watch(metrics, watched);
  return metrics;
}

/** What cannot be counted now, such as the rows of a database that is away, is left out. */
async function samplesOf(collect: () => Sample[] | Promise<Sample[]>): Promise<Sample[]> {
  try {
    return await collect();
  } catch {
    return [];
  }
}

function labelsOf(result: PushResult): { outcome: string; reason: string } {
  return { outcome: result.outcome, reason: result.reason ?? '' };
}

const connectorStates = ['absent', 'blind', 'connected'] as const;

function watch(metrics: Metrics, { pool, isFull, liveSockets, connector }: Watched): void {
  metrics.gauge(
    'switchboard_database_full',
    '1 while the embedded database writes nothing, because its disk is full',
    [],
    () => [{ labels: {}, value: isFull() ? 1 : 0 }],
  );
  metrics.gauge('switchboard_live_sockets', 'Desks that hear news live', [], () => [
    { labels: {}, value: liveSockets() },
  ]);
  metrics.gauge(
    'switchboard_pbx_connector',
    'The line to the PBX: 1 for the state it is in',
    ['state'],
    () => {
      const { state } = connector();
      return connectorStates.map((one) => ({
        labels: { state: one },
        value: one === state ? 1 : 0,
      }));
    },
  );
  metrics.gauge(
    'switchboard_database_connections',
    'Connections to PostgreSQL; waiting: requests that have none yet',
    ['state'],
    () => {
      const now = pool();
      if (!now) return [];
      const { open, idle, waiting, most } = now;
      return Object.entries({ used: open - idle, idle, waiting, most }).map(([state, value]) => ({
        labels: { state },
        value,
      }));
    },
  );
}

import { useRef } from 'react';
import type { ReportRequest } from '#shared/domain/reports/request.ts';
import type { Failure } from '#shared/result.ts';
import type { ReportResult } from '#shared/sync/reports.ts';
import { useQuery } from '../../app/bridge.tsx';

export interface ReportAnswer {
  result: ReportResult | null;
  failure: Failure | null;
  loading: boolean;
  /** The result is of an earlier time: the centre does not answer. */
  old: boolean;
  reload: () => void;
}

/** A report; while it is counted anew, and where it cannot be, the last one that was asked alike stays. */
export function useReport(request: ReportRequest | null, limit: number): ReportAnswer {
  const { data, failure, loading, reload } = useQuery(
    'reports.run',
    request ? { request, limit } : null,
  );
  const last = useRef<{ key: string; result: ReportResult } | null>(null);
  const key = JSON.stringify(request);
  if (data) last.current = { key, result: data };
  const kept = last.current?.key === key ? last.current.result : null;
  return {
    result: data ?? kept,
    failure,
    loading: loading && !kept,
    old: data === null && kept !== null && failure !== null,
    reload,
  };
}

import type { Readable } from 'node:stream';
import type { ReportFormat } from '#shared/domain/reports/savedReport.ts';
import type { ReportResult } from '#shared/sync/reports.ts';
import { documentOf } from './document.ts';
import type { ReportFont } from './font.ts';
import { pdfFile } from './pdf.ts';
import { csvFile, xlsxFile } from './spreadsheet.ts';

export const mediaTypes: Record<ReportFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pdf: 'application/pdf',
};

/** The whole report in a file. Throws `FontAbsentError` for a PDF that the fonts here cannot write. */
export async function reportFile(
  result: ReportResult,
  format: ReportFormat,
  font: ReportFont | null,
): Promise<Readable> {
  const document = documentOf(result);
  switch (format) {
    case 'csv':
      return csvFile(document);
    case 'xlsx':
      return xlsxFile(document);
    case 'pdf':
      return pdfFile(document, font);
  }
}

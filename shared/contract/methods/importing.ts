import { z } from 'zod';
import { idSchema } from '../../domain/primitives.ts';
import { languageSchema } from '../../domain/text/text.ts';
import {
  delimiters,
  exportFormats,
  exportKinds,
  importListSchema,
  importPreviewSchema,
  importSettingsSchema,
  importViewSchema,
  importWishesSchema,
  newImportSchema,
} from '../../sync/importing.ts';
import { method } from '../method.ts';

const nothing = z.object({});
const ofImport = z.object({ importId: idSchema });

/** The most bytes of a file in one message between window and desk. */
export const maxPieceBytes = 1_048_576;
const pieceSchema = z.base64().max(Math.ceil(maxPieceBytes / 3) * 4);
const downloadSchema = z.object({ downloadId: idSchema, fileName: z.string() });

/** Files that bring records in and take them out. All of it is the server's: nothing works offline. */
export const importingMethods = {
  'importing.list': method('data.import', nothing, importListSchema.shape.imports),
  'importing.find': method('data.import', ofImport, importViewSchema),
  /** Announces a file; its pieces follow in their order. */
  'importing.create': method('data.import', newImportSchema, importViewSchema),
  'importing.upload': method(
    'data.import',
    ofImport.extend({ offset: z.int().nonnegative(), base64: pieceSchema }),
    importViewSchema,
  ),
  'importing.preview': method(
    'data.import',
    ofImport.extend({ wishes: importWishesSchema, language: languageSchema }),
    importPreviewSchema,
  ),
  'importing.check': method(
    'data.import',
    ofImport.extend({ settings: importSettingsSchema }),
    importViewSchema,
  ),
  'importing.run': method(
    'data.import',
    ofImport.extend({ settings: importSettingsSchema }),
    importViewSchema,
  ),
  'importing.cancel': method('data.import', ofImport, importViewSchema),
  'importing.remove': method('data.import', ofImport, nothing),
  /** The rows that were not taken, as CSV. */
  'importing.problems': method(
    'data.import',
    ofImport.extend({ language: languageSchema }),
    downloadSchema,
  ),
  'exporting.open': method(
    'data.export',
    z.object({
      kind: z.enum(exportKinds),
      format: z.enum(exportFormats),
      bom: z.boolean(),
      delimiter: z.enum(delimiters),
      language: languageSchema,
    }),
    downloadSchema,
  ),
  /** The next piece of a file that was opened; null: it is whole, and closed. */
  'files.next': method(
    'signed-in',
    z.object({ downloadId: idSchema }),
    z.object({ base64: z.string().nullable() }),
  ),
  'files.close': method('signed-in', z.object({ downloadId: idSchema }), nothing),
} as const;

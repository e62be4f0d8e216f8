import type { ConnectorOptions } from '../options.ts';
import { createAsteriskConnector } from './asterisk/asteriskConnector.ts';
import type { PbxConnector, PbxSurroundings } from './connector.ts';
import { createPracticeConnector } from './practice/practiceConnector.ts';

/** The connector that the server's options name; null where the PBX has none. It is not started yet. */
export function openConnector(
  options: ConnectorOptions | null,
  surroundings: PbxSurroundings,
): PbxConnector | null {
  switch (options?.kind) {
    case 'asterisk':
      return createAsteriskConnector(options, surroundings);
    case 'practice':
      return createPracticeConnector(options, surroundings);
    default:
      return null;
  }
}

import type { SwaggerOptions } from '@fastify/swagger';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import type { ServerOptions } from '../options.ts';
import { problemType } from './problems.ts';

interface Response {
  content?: Record<string, unknown>;
}
type Operation = { responses?: Record<string, Response> };
type Document = Record<string, unknown> & { paths?: Record<string, Record<string, Operation>> };

/** The document at `/api/openapi.json`, made of the schemas that validate. */
export function openapiOptions({ publicUrl }: ServerOptions): SwaggerOptions {
  return {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Switchboard server',
        version: '1',
        description: [
          'Programs speak with a key to `/api/v1`, webhooks, imports and exports; everything else is for desks, with the token of a session.',
          'Errors are RFC 9457 problem details with a `code`. Times are ms UTC. The live socket is at `/api/sync/live`.',
        ].join('\n'),
      },
      ...(publicUrl === null ? {} : { servers: [{ url: publicUrl }] }),
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer', description: 'The token of a session.' },
          key: { type: 'http', scheme: 'bearer', description: 'The key of a program, `sb_…`.' },
        },
      },
    },
    transform: jsonSchemaTransform,
    transformObject(made) {
      if (!('openapiObject' in made)) return made.swaggerObject;
      nameProblems(made.openapiObject as Document);
      return made.openapiObject;
    },
  };
}

/** Routes say only what a problem looks like; its media type is the same everywhere. */
function nameProblems({ paths = {} }: Document): void {
  const operations = Object.values(paths).flatMap((item) => Object.values(item));
  for (const { responses = {} } of operations) {
    for (const [status, { content }] of Object.entries(responses)) {
      if (!/^[45]/.test(status) || !content?.['application/json']) continue;
      content[problemType] = content['application/json'];
      delete content['application/json'];
    }
  }
}

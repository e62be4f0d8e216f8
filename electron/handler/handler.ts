import {
  type InputOf,
  type MethodName,
  methods,
  type OutputOf,
} from '#shared/contract/contract.ts';
import type { Method } from '#shared/contract/method.ts';
import { mayDo } from '#shared/domain/permissions.ts';
import { DeskError, fail, ok, type Result } from '#shared/result.ts';
import type { SignedInUser } from '#shared/sync/messages.ts';
import type { Log } from '../core/providers.ts';

/** One function per method of the contract; a missing or superfluous one fails the type check. */
export type Handlers = {
  [M in MethodName]: (input: InputOf<M>) => OutputOf<M> | Promise<OutputOf<M>>;
};

export type Handle = (name: string, input: unknown) => Promise<Result<unknown>>;

export interface HandlerOptions {
  handlers: Handlers;
  user(): SignedInUser | null;
  log: Log;
}

/**
 * The one door between any window and the desk: checks name, permission and input, runs the method
 * and checks what comes out. Always answers a `Result`; never throws, whatever it is given.
 */
export function createHandler({ handlers, user, log }: HandlerOptions): Handle {
  return async (name, input) => {
    if (!isMethod(name)) return fail('unknown-method', 'there is no such method');
    const declared: Method = methods[name];
    const refused = refuse(declared, user());
    if (refused) return refused;
    const given = declared.input.safeParse(input ?? {});
    if (!given.success) return fail('invalid-input', 'the input does not fit', at(given.error));
    return run(name, declared, handlers, given.data, log);
  };
}

function isMethod(name: unknown): name is MethodName {
  return typeof name === 'string' && Object.hasOwn(methods, name);
}

function refuse(declared: Method, user: SignedInUser | null): Result<never> | null {
  if (declared.access === 'anyone') return null;
  if (!user) return fail('signed-out', 'nobody is signed in');
  if (declared.access === 'signed-in' || mayDo(user.role, declared.access)) return null;
  return fail('forbidden', 'this role may not do that', { permission: declared.access });
}

async function run(
  name: MethodName,
  declared: Method,
  handlers: Handlers,
  input: unknown,
  log: Log,
): Promise<Result<unknown>> {
  try {
    const method = handlers[name] as (input: unknown) => unknown;
    const output = declared.output.safeParse(await method(input));
    if (output.success) return ok(output.data);
    log.error('a method returned what its schema does not allow', { name, ...at(output.error) });
    return fail('invalid-output', 'the answer does not fit its schema', at(output.error));
  } catch (error) {
    if (error instanceof DeskError) return fail(error.code, error.message, error.details);
    log.error('a method failed', { name, error: String(error) });
    return fail('internal', 'the desk could not do that');
  }
}

function at(error: { issues: { path: PropertyKey[]; message: string }[] }): {
  field: string;
  problem: string;
} {
  const first = error.issues[0];
  return {
    field: first ? first.path.map(String).join('.') : '',
    problem: first?.message ?? '',
  };
}

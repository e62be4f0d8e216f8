import { fail, type Result } from '#shared/result.ts';

/** No method of the phone throws; what nobody foresaw is `internal`. */
export async function safely<T>(act: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await act();
  } catch (error) {
    return fail('internal', error instanceof Error ? error.message.slice(0, 200) : 'unknown');
  }
}

import type { Result } from '#shared/result.ts';
import type { PracticeUsers, SignInRequest, SignInResponse } from '#shared/sync/messages.ts';

/** What signing in needs of the central server. */
export interface ServerPort {
  signIn(request: SignInRequest): Promise<Result<SignInResponse>>;
  signOut(token: string): Promise<Result<null>>;
  practiceUsers(): Promise<Result<PracticeUsers | null>>;
}

import type { Result } from '#shared/result.ts';
import type { PracticeUsers, SignInRequest, SignInResponse } from '#shared/sync/messages.ts';
import type { OwnPassword } from '#shared/sync/users.ts';

/** What signing in needs of the central server. */
export interface ServerPort {
  signIn(request: SignInRequest): Promise<Result<SignInResponse>>;
  changePassword(token: string, passwords: OwnPassword): Promise<Result<null>>;
  signOut(token: string): Promise<Result<null>>;
  practiceUsers(): Promise<Result<PracticeUsers | null>>;
}

/** One spelling of a login: case and width do not count. */
export function loginKey(login: string): string {
  return login.normalize('NFKC').toLowerCase();
}

export const longestLogin = 64;
/** An e-mail address, a number, a name: letters and digits of any script, and `. _ @ + -` behind the first one. */
const loginForm = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}._@+-]{0,63}$/u;

export function isLogin(login: string): boolean {
  return login.isWellFormed() && loginForm.test(login.normalize('NFKC'));
}

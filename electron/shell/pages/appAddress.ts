/** Where our own pages live: a scheme of our own, so that nothing is ever loaded from `file:`. */
export const appScheme = 'app';
const appHost = 'switchboard';

export type PageName = 'index.html' | 'media.html';

export function addressOf(page: PageName): string {
  return `${appScheme}://${appHost}/${page}`;
}

/** Whether an address, or the origin of one, is ours. Anything unreadable is not. */
export function isOurs(address: string | undefined | null): boolean {
  const url = readAddress(address);
  return (
    url !== null &&
    url.protocol === `${appScheme}:` &&
    url.host === appHost &&
    url.username === '' &&
    url.password === ''
  );
}

/** Whether an address shows this page; a query or a fragment makes no difference. */
export function isPage(address: string | undefined | null, page: PageName): boolean {
  return isOurs(address) && readAddress(address)?.pathname === `/${page}`;
}

function readAddress(address: string | undefined | null): URL | null {
  return address ? URL.parse(address) : null;
}

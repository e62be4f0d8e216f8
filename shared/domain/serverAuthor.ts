/** Who did what the server does by itself: no user. Its name is empty, and a screen gives it one. */
export const serverAuthor = { byId: '00000000-0000-0000-0000-000000000000', byName: '' } as const;

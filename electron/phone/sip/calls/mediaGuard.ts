import type { MediaPort } from '#electron/core/providers.ts';
import { fail } from '#shared/result.ts';

/** The same port, but one that never rejects: a page that breaks off counts as absent. */
export function guarded(media: MediaPort): MediaPort {
  return {
    run: (command, input) =>
      media.run(command, input).catch(() => fail('media-page-absent', 'the media page broke off')),
    listen: (listener) => media.listen(listener),
    present: () => media.present(),
  };
}

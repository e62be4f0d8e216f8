import { configure } from '@testing-library/react';

/**
 * How long `findBy…` and `waitFor` look again: as long as a busy machine may take, not the second that is the default.
 * What a page loads when it is first shown is read and compiled meanwhile.
 */
configure({ asyncUtilTimeout: 60_000 });

import { configure } from '@testing-library/react';

/** How long `findBy…` and `waitFor` look again: as long as a busy machine may take, not the second that is the default. */
configure({ asyncUtilTimeout: 20_000 });

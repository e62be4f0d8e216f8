import { variables } from '../variables.ts';

const usage = `The central server of Switchboard.

  npm run server                    start it
  npm run server -- backup FOLDER   copy the embedded database of DATA_DIR into a new folder, also while it is in use
  npm run server -- --help          this

It is configured by environment variables:
`;

/** What `--help` prints. */
export function helpText(): string {
  const rows = variables.map(({ names, meaning, otherwise }) =>
    [`  ${names.join(', ')}`, `      ${plain(meaning)}`, `      default: ${plain(otherwise)}`].join(
      '\n',
    ),
  );
  return `${usage}\n${rows.join('\n')}\n`;
}

function plain(text: string): string {
  return text.replaceAll('`', '');
}

export interface Variable {
  /** One name, or several that are set together. */
  names: readonly string[];
  meaning: string;
  /** What counts where it is not set. */
  otherwise: string;
}

/** The environment variables of the server, as `--help` and docs/operations.md tell of them. */
export const variables: readonly Variable[] = [
  {
    names: ['SWITCHBOARD_MODE'],
    meaning: '`site`, or `practice` with published users and sample data',
    otherwise: '`site`',
  },
  {
    names: ['HOST', 'PORT'],
    meaning: 'where it listens',
    otherwise: '`127.0.0.1`, 7080 (practice: a free port)',
  },
  {
    names: ['PUBLIC_URL'],
    meaning:
      'what it is called from outside, such as `https://switchboard.example.org`: in the OpenAPI document and in links',
    otherwise: 'where it listens',
  },
  {
    names: ['TLS_CERT_FILE', 'TLS_KEY_FILE'],
    meaning: 'certificate chain and key, PEM: it speaks HTTPS and WSS itself; read again on SIGHUP',
    otherwise: 'plain HTTP',
  },
  {
    names: ['TRUST_PROXY'],
    meaning:
      'the proxies whose `X-Forwarded-For` is believed: their number, or addresses and networks with commas between them (`loopback`, `10.0.0.0/8`)',
    otherwise: 'none',
  },
  { names: ['DATABASE_URL'], meaning: 'PostgreSQL 15 or newer', otherwise: 'none' },
  {
    names: ['DATABASE_POOL_SIZE'],
    meaning: 'connections of this process to PostgreSQL, beside one that listens',
    otherwise: '10',
  },
  {
    names: ['DATABASE_STATEMENT_TIMEOUT_MS'],
    meaning: 'after how long PostgreSQL gives up a statement; migrations may take longer',
    otherwise: '30000',
  },
  {
    names: ['DATA_DIR'],
    meaning: 'folder of the embedded database, where there is no `DATABASE_URL`',
    otherwise: '`data/server`',
  },
  {
    names: ['METRICS_TOKEN'],
    meaning: 'bearer token for `/metrics`, at least 16 characters',
    otherwise: 'none: `/metrics` answers this machine only',
  },
  {
    names: ['PBX_WS_URL', 'PBX_SIP_DOMAIN'],
    meaning: 'the PBX of the desks (docs/pbx.md)',
    otherwise: 'none',
  },
  {
    names: ['PBX_AMI_HOST', 'PBX_AMI_PORT'],
    meaning: "the server's own line to an Asterisk: where its Manager Interface listens",
    otherwise: 'none, 5038 (with TLS 5039)',
  },
  {
    names: ['PBX_AMI_USER', 'PBX_AMI_SECRET'],
    meaning: 'its account there, needed beside the host',
    otherwise: 'none',
  },
  { names: ['PBX_AMI_TLS'], meaning: '`yes` where the line goes over TLS', otherwise: '`no`' },
  {
    names: ['PBX_CONTROL_URL', 'PBX_CONTROL_TOKEN'],
    meaning: 'the same line to the practice PBX; practice centres set them by themselves',
    otherwise: 'none',
  },
  {
    names: ['RECORDINGS_DIR'],
    meaning: 'where the PBX lays down recordings, `<call reference>.wav` (docs/pbx.md)',
    otherwise: 'none',
  },
  {
    names: ['IMPORT_MAX_MB'],
    meaning: 'the largest file that may be imported, MiB',
    otherwise: '512',
  },
  {
    names: ['JOB_LEASE_MS'],
    meaning: 'after how long a job of a node that gives no sign of life is taken by another',
    otherwise: '15000',
  },
  {
    names: ['WEBHOOK_TARGETS'],
    meaning:
      'where webhooks may go: `public` addresses by HTTPS; `loopback`: this machine as well; `any`: private networks as well',
    otherwise: '`public` (practice: `loopback`)',
  },
  {
    names: ['ADMIN_LOGIN', 'ADMIN_PASSWORD'],
    meaning: 'first administrator of an empty database in site mode',
    otherwise: 'none',
  },
  {
    names: ['PRACTICE_CUSTOMERS'],
    meaning: 'size of the sample in practice mode',
    otherwise: '2000',
  },
  {
    names: ['PRACTICE_HISTORY_DAYS'],
    meaning: 'days of calls before the first start in practice mode',
    otherwise: '0 (`npm start`: 15)',
  },
  {
    names: ['SMTP_URL', 'MAIL_FROM'],
    meaning:
      'mail server that takes reports, such as `smtps://user:password@mail.example.org`, and the address they come from',
    otherwise: 'none: no reports by mail',
  },
  {
    names: ['REPORTS_DIR'],
    meaning: 'folder into which scheduled reports are written',
    otherwise: 'none',
  },
  {
    names: ['REPORTS_FONT'],
    meaning:
      'font with Chinese characters for PDF files: its path, of a collection with the font’s PostScript name behind `#`',
    otherwise: 'Noto Sans CJK or another one of the system, where it is found',
  },
  {
    names: ['NOTIFICATIONS_KEPT_DAYS'],
    meaning: 'after how many days notifications are removed, read or not; 14 at least',
    otherwise: '90',
  },
  {
    names: ['UNNAMED_FILES_KEPT_DAYS'],
    meaning: 'after how many days the bytes of files are removed that no attachment names',
    otherwise: '30',
  },
  {
    names: ['STOP_TIMEOUT_MS'],
    meaning: 'how long a stop waits for requests that are being answered',
    otherwise: '10000',
  },
  { names: ['LOG_LEVEL'], meaning: '`silent` … `trace`', otherwise: '`info`' },
];

import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const templates = fileURLToPath(new URL('../../../resources/pbx/asterisk', import.meta.url));
const placeholder = /@([A-Z][A-Z0-9_]*)@/gu;

export type Values = Record<string, string>;

/** Accounts that a site does not need: digits by INFO alone, and registrations that live 4 s. */
const testAccounts = `
[2043](agent)
inbound_auth/username=2043
inbound_auth/password=@PASSWORD_2041@
endpoint/callerid=Agent 2043 <2043>
endpoint/dtmf_mode=info

[2044](agent)
inbound_auth/username=2044
inbound_auth/password=@PASSWORD_2041@
endpoint/callerid=Agent 2044 <2044>
aor/minimum_expiration=1
aor/maximum_expiration=4
`;

/** Listeners on ports of their own, and other dial plans, stay out. */
const modules = `
[modules]
autoload=yes
noload=chan_iax2.so
noload=chan_unistim.so
noload=pbx_ael.so
noload=pbx_dundi.so
noload=pbx_lua.so
noload=res_corosync.so
noload=res_snmp.so
noload=res_phoneprov.so
`;

/**
 * Writes a site's configuration into `<root><dir>/etc`, as an administrator does: the templates with these values
 * over what the distribution brings. Throws where a placeholder has no value.
 */
export function writeAsteriskFiles(of: { root: string; dir: string; values: Values }): void {
  const inside = (name: string): string => join(of.root, of.dir, name);
  cpSync(join(of.root, 'etc/asterisk'), inside('etc'), { recursive: true });
  for (const name of ['db', 'spool', 'run', 'log/cdr-csv']) {
    mkdirSync(inside(name), { recursive: true });
  }
  const write = (name: string, text: string): void =>
    writeFileSync(join(inside('etc'), name), filled(text, of.values));
  for (const name of readdirSync(templates).filter((file) => file.endsWith('.conf'))) {
    const text = readFileSync(join(templates, name), 'utf8');
    write(name, name === 'pjsip_wizard.conf' ? text + testAccounts : text);
  }
  write('modules.conf', modules);
  write(
    'logger.conf',
    '[general]\n[logfiles]\nfull => notice,warning,error,verbose(3),dtmf,security\n',
  );
  write(
    'asterisk.conf',
    `[directories]
astetcdir => ${of.dir}/etc
astdbdir => ${of.dir}/db
astspooldir => ${of.dir}/spool
astrundir => ${of.dir}/run
astlogdir => ${of.dir}/log
[options]
verbose = 3
`,
  );
}

function filled(text: string, values: Values): string {
  return text.replace(placeholder, (_whole, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`no value for ${name}`);
    return value;
  });
}

import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { optionsFromEnvironment } from './environment.ts';
import { StartError } from './startError.ts';

describe('optionsFromEnvironment', () => {
  it('has defaults for a site', () => {
    expect(optionsFromEnvironment({ PORT: '', LOG_LEVEL: '' })).toMatchObject({
      mode: 'site',
      host: '127.0.0.1',
      port: 7080,
      publicUrl: null,
      tls: null,
      trustProxy: 0,
      metricsToken: null,
      stopTimeoutMs: 10_000,
      database: { kind: 'directory', path: resolve('data/server') },
      pbx: null,
      connector: null,
      firstAdministrator: null,
      logLevel: 'info',
    });
  });

  it('takes a free port to practise', () => {
    expect(optionsFromEnvironment({ SWITCHBOARD_MODE: 'practice' })).toMatchObject({
      mode: 'practice',
      port: 0,
    });
  });

  it('reads everything', () => {
    const options = optionsFromEnvironment({
      SWITCHBOARD_MODE: 'site',
      HOST: '0.0.0.0',
      PORT: '8443',
      PUBLIC_URL: 'https://Desk.example.org/',
      TLS_CERT_FILE: '/etc/tls/cert.pem',
      TLS_KEY_FILE: '/etc/tls/key.pem',
      TRUST_PROXY: 'loopback, 10.0.0.0/8,fd00::/8',
      METRICS_TOKEN: 'sixteen-or-more-of-it',
      STOP_TIMEOUT_MS: '5000',
      DATABASE_URL: 'postgresql://me@db/switchboard',
      DATABASE_POOL_SIZE: '25',
      DATABASE_STATEMENT_TIMEOUT_MS: '60000',
      PBX_WS_URL: 'wss://pbx.example.org/ws',
      PBX_SIP_DOMAIN: 'pbx.example.org',
      PBX_AMI_HOST: 'pbx.example.org',
      PBX_AMI_USER: 'switchboard',
      PBX_AMI_SECRET: 'battery staple',
      PBX_AMI_TLS: 'yes',
      ADMIN_LOGIN: 'root',
      ADMIN_PASSWORD: 'correct horse',
      PRACTICE_CUSTOMERS: '10',
      LOG_LEVEL: 'warn',
      PATH: '/usr/bin',
    });
    expect(options).toMatchObject({
      mode: 'site',
      host: '0.0.0.0',
      port: 8443,
      publicUrl: 'https://desk.example.org',
      tls: { certFile: resolve('/etc/tls/cert.pem'), keyFile: resolve('/etc/tls/key.pem') },
      trustProxy: ['loopback', '10.0.0.0/8', 'fd00::/8'],
      metricsToken: 'sixteen-or-more-of-it',
      stopTimeoutMs: 5_000,
      database: {
        kind: 'postgres',
        url: 'postgresql://me@db/switchboard',
        poolSize: 25,
        statementTimeoutMs: 60_000,
      },
      pbx: { wsUrl: 'wss://pbx.example.org/ws', sipDomain: 'pbx.example.org' },
      connector: {
        kind: 'asterisk',
        host: 'pbx.example.org',
        port: 5039,
        user: 'switchboard',
        secret: 'battery staple',
        tls: true,
      },
      firstAdministrator: { login: 'root', password: 'correct horse' },
      practiceCustomers: 10,
      practiceHistoryDays: 0,
      logLevel: 'warn',
    });
  });

  it('reads the line to the practice PBX', () => {
    const token = 'a token of at least sixteen';
    expect(
      optionsFromEnvironment({
        PBX_CONTROL_URL: 'http://127.0.0.1:5066/control',
        PBX_CONTROL_TOKEN: token,
      }).connector,
    ).toEqual({ kind: 'practice', controlUrl: 'http://127.0.0.1:5066/control', token });
  });

  it.each([
    [{ SWITCHBOARD_MODE: 'play' }, 'SWITCHBOARD_MODE: must be practice or site'],
    [{ PORT: '65536' }, 'PORT: must be a whole number from 0 to 65535'],
    [{ PORT: '-1' }, 'PORT: must be a whole number from 0 to 65535'],
    [
      { DATABASE_URL: 'mysql://root:secret@x/y' },
      'DATABASE_URL: must be an address that starts with postgres:// or postgresql://',
    ],
    [
      { DATABASE_URL: 'postgres://x/y', DATA_DIR: '/tmp' },
      'DATA_DIR: has no meaning beside DATABASE_URL; set one of the two',
    ],
    [{ PBX_WS_URL: 'wss://x' }, 'PBX_SIP_DOMAIN: needed beside PBX_WS_URL'],
    [{ PBX_SIP_DOMAIN: 'x' }, 'PBX_WS_URL: needed beside PBX_SIP_DOMAIN'],
    [
      { PBX_WS_URL: 'http://x', PBX_SIP_DOMAIN: 'x' },
      'PBX_WS_URL: must be an address that starts with ws:// or wss://',
    ],
    [
      { PBX_WS_URL: 'ws://x', PBX_SIP_DOMAIN: 'a b' },
      'PBX_SIP_DOMAIN: must be a host name, such as pbx.example.org',
    ],
    [{ PBX_AMI_HOST: 'ami://x/' }, 'PBX_AMI_HOST: must be a host name or an address'],
    [{ PBX_AMI_HOST: 'x' }, 'PBX_AMI_USER: needed beside PBX_AMI_HOST'],
    [{ PBX_AMI_HOST: 'x', PBX_AMI_USER: 'y' }, 'PBX_AMI_SECRET: needed beside PBX_AMI_HOST'],
    [{ PBX_AMI_SECRET: 'secret' }, 'PBX_AMI_HOST: needed beside PBX_AMI_SECRET'],
    [{ PBX_AMI_HOST: 'x', PBX_AMI_PORT: '0' }, 'PBX_AMI_PORT: must be a whole number from 1 to'],
    [{ PBX_AMI_TLS: 'perhaps' }, 'PBX_AMI_TLS: must be yes or no'],
    [{ PBX_CONTROL_URL: 'http://x' }, 'PBX_CONTROL_TOKEN: needed beside PBX_CONTROL_URL'],
    [
      { PBX_CONTROL_TOKEN: 'a secret of sixteen and more' },
      'PBX_CONTROL_URL: needed beside PBX_CONTROL_TOKEN',
    ],
    [
      {
        PBX_CONTROL_URL: 'http://x',
        PBX_CONTROL_TOKEN: 'a secret of sixteen and more',
        PBX_AMI_HOST: 'x',
        PBX_AMI_USER: 'y',
        PBX_AMI_SECRET: 'secret',
      },
      'PBX_CONTROL_URL: has no meaning beside PBX_AMI_HOST',
    ],
    [{ ADMIN_LOGIN: 'root' }, 'ADMIN_PASSWORD: needed beside ADMIN_LOGIN'],
    [
      { ADMIN_LOGIN: 'root', ADMIN_PASSWORD: 'short' },
      'ADMIN_PASSWORD: must be at least 12 characters',
    ],
    [
      { PRACTICE_CUSTOMERS: 'many' },
      'PRACTICE_CUSTOMERS: must be a whole number from 0 to 9999999',
    ],
    [{ HOST: 'http://x/' }, 'HOST: must be a host name or an address, without a port'],
    [{ PUBLIC_URL: 'x.example.org' }, 'PUBLIC_URL: must be an address that starts with http://'],
    [{ PUBLIC_URL: 'ftp://x' }, 'PUBLIC_URL: must be an address that starts with http://'],
    [{ PUBLIC_URL: 'https://x/y' }, 'PUBLIC_URL: must have no path, login or query'],
    [{ PUBLIC_URL: 'https://me:secret@x' }, 'PUBLIC_URL: must have no path, login or query'],
    [{ PUBLIC_URL: 'https://x/?a=b' }, 'PUBLIC_URL: must have no path, login or query'],
    [{ TLS_CERT_FILE: 'x.pem' }, 'TLS_KEY_FILE: needed beside TLS_CERT_FILE'],
    [{ TLS_KEY_FILE: 'x.pem' }, 'TLS_CERT_FILE: needed beside TLS_KEY_FILE'],
    [{ TRUST_PROXY: 'yes' }, 'TRUST_PROXY: must be a number from 0 to 9, or addresses'],
    [{ TRUST_PROXY: '10.0.0.0/33' }, 'TRUST_PROXY: must be a number from 0 to 9, or addresses'],
    [{ TRUST_PROXY: '10.0.0.1,' }, 'TRUST_PROXY: must be a number from 0 to 9, or addresses'],
    [
      { DATABASE_URL: 'postgres://x/y', DATABASE_POOL_SIZE: '1' },
      'DATABASE_POOL_SIZE: must be a whole number from 2 to 500',
    ],
    [{ DATABASE_POOL_SIZE: '5' }, 'DATABASE_URL: needed beside DATABASE_POOL_SIZE'],
    [
      { DATABASE_STATEMENT_TIMEOUT_MS: '5000' },
      'DATABASE_URL: needed beside DATABASE_STATEMENT_TIMEOUT_MS',
    ],
    [
      { DATABASE_STATEMENT_TIMEOUT_MS: '30s' },
      'DATABASE_STATEMENT_TIMEOUT_MS: must be a whole number from 1000 to 3600000',
    ],
    [{ METRICS_TOKEN: 'a secret' }, 'METRICS_TOKEN: must be 16 to 200 characters of ASCII'],
    [{ STOP_TIMEOUT_MS: '-1' }, 'STOP_TIMEOUT_MS: must be a whole number from 0 to 600000'],
    [{ DATABASE_URL: 'secret' }, 'DATABASE_URL: must be an address that starts with postgres://'],
    [
      { LOG_LEVEL: 'loud' },
      'LOG_LEVEL: must be one of silent, fatal, error, warn, info, debug, trace',
    ],
  ])('refuses %j', (variables, message) => {
    const reading = () => optionsFromEnvironment(variables);
    expect(reading).toThrow(StartError);
    expect(reading).toThrow(message);
    expect(reading).not.toThrow('secret');
  });
});

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
      database: { kind: 'directory', path: resolve('data/server') },
      pbx: null,
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
      DATABASE_URL: 'postgresql://me@db/switchboard',
      PBX_WS_URL: 'wss://pbx.example.org/ws',
      PBX_SIP_DOMAIN: 'pbx.example.org',
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
      database: { kind: 'postgres', url: 'postgresql://me@db/switchboard' },
      pbx: { wsUrl: 'wss://pbx.example.org/ws', sipDomain: 'pbx.example.org' },
      firstAdministrator: { login: 'root', password: 'correct horse' },
      practiceCustomers: 10,
      logLevel: 'warn',
    });
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
    [{ ADMIN_LOGIN: 'root' }, 'ADMIN_PASSWORD: needed beside ADMIN_LOGIN'],
    [
      { ADMIN_LOGIN: 'root', ADMIN_PASSWORD: 'short' },
      'ADMIN_PASSWORD: must be at least 12 characters',
    ],
    [
      { PRACTICE_CUSTOMERS: 'many' },
      'PRACTICE_CUSTOMERS: must be a whole number of at most 7 digits',
    ],
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

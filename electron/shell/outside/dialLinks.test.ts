import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DeskDouble, keptLog } from '#tests/support/deskDouble.ts';
import { EmitterDouble, refusable } from '#tests/support/electronDouble.ts';
import { linkAmong, numberOfLink } from './dialLinks.ts';
import { createDialRequests } from './dialRequests.ts';
import { holdSingleInstance } from './singleInstance.ts';

describe('numbers of links', () => {
  it.each([
    ['tel:+8613800138000', '+8613800138000'],
    ['TEL:+86-138-0013-8000', '+86-138-0013-8000'],
    ['tel:%2B861380013%208000', '+861380013 8000'],
    ['tel:+44-20-7946-0958;ext=12', '+44-20-7946-0958'],
    ['tel:7042;phone-context=example.com', '7042'],
    ['tel:63550101;phone-context=+86-10', '+86-1063550101'],
    ['tel://10086', '10086'],
    ['sip:1001@pbx.example.com', '1001'],
    ['sip:1001:secret@pbx.example.com;transport=wss', '1001'],
    ['sips:+8613800138000@pbx.example.com?subject=x', '+8613800138000'],
    ['sip:+86138;user=phone@host', '+86138'],
    ['callto:10086', '10086'],
    ['callto://+8610086', '+8610086'],
    ['callto:10086+type=phone', '10086+type=phone'],
    [' tel:10086 ', '10086'],
    ['tel:100\u202e86', '10086'],
    ['tel:', null],
    ['tel:abc', null],
    ['tel:%', null],
    ['tel', null],
    ['mailto:10086', null],
    ['https://example.com/tel:10086', null],
    ['sip:alice@example.com', null],
    ['--server=http://10.0.0.1', null],
    [`tel:${'1'.repeat(600)}`, null],
  ])('%s → %s', (link, number) => {
    expect(numberOfLink(link)).toBe(number);
  });

  it('are capped, free of control characters, and never throw', () => {
    fc.assert(
      fc.property(fc.constantFrom('tel:', 'sip:', 'callto:'), fc.string(), (scheme, rest) => {
        const number = numberOfLink(`${scheme}${rest}`);
        if (number === null) return;
        expect(number.length).toBeLessThanOrEqual(100);
        expect(number).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      }),
    );
  });

  it('are found among the words of a command line', () => {
    const words = ['/opt/switchboard', '--data=/tmp/x', 'tel:10086', 'tel:10010'];
    expect(linkAmong(words)).toBe('tel:10086');
    expect(linkAmong(['/opt/switchboard', '--no-sandbox'])).toBeNull();
  });
});

describe('a link from outside', () => {
  function requests() {
    const desk = new DeskDouble();
    const shows: string[] = [];
    const log = keptLog();
    return { desk, shows, log, dial: createDialRequests(desk, () => shows.push('show'), log) };
  }

  it('brings the window up and asks, and dials nothing', () => {
    const { desk, shows, dial } = requests();
    dial.take('tel:10086');
    expect(desk.asked).toEqual(['10086']);
    expect(desk.handled).toEqual([]);
    expect(shows).toEqual(['show']);
  });

  it('waits for the sign-in, and of several the newest is asked', () => {
    const { desk, dial } = requests();
    const { session } = desk.state;
    desk.change({ session: { ...session, state: 'signedOut' } });
    dial.take('tel:10086');
    dial.take('tel:10010');
    expect(desk.asked).toEqual([]);
    desk.change({ session });
    desk.change({ session });
    expect(desk.asked).toEqual(['10010']);
  });

  it('without a number only brings the window up', () => {
    const { desk, shows, log, dial } = requests();
    dial.take('tel:nobody');
    expect(desk.asked).toEqual([]);
    expect(shows).toEqual(['show']);
    expect(log.lines).toHaveLength(1);
  });
});

describe('a second start', () => {
  class AppDouble extends EmitterDouble {
    readonly #isFirst: boolean;
    constructor(isFirst: boolean) {
      super();
      this.#isFirst = isFirst;
    }
    requestSingleInstanceLock(): boolean {
      return this.#isFirst;
    }
  }
  const target = () => {
    const told: string[] = [];
    const to = { showWindow: () => told.push('show'), takeLink: (link: string) => told.push(link) };
    return { told, to };
  };

  it('ends where there is a desk already', () => {
    expect(holdSingleInstance(new AppDouble(false), [])).toBeNull();
  });

  it('brings the first to the front and hands over its link', () => {
    const app = new AppDouble(true);
    const { told, to } = target();
    holdSingleInstance(app, ['/opt/switchboard'])?.deliver(to);
    app.emit('second-instance', {}, ['/opt/switchboard']);
    app.emit('second-instance', {}, ['/opt/switchboard', 'tel:10086']);
    expect(told).toEqual(['show', 'show', 'tel:10086']);
  });

  it('keeps links that come before there is a window', () => {
    const app = new AppDouble(true);
    const starts = holdSingleInstance(app, ['/opt/switchboard', 'tel:10086']);
    const opened = refusable({});
    app.emit('open-url', opened, 'tel:10010');
    expect(opened.isRefused).toBe(true);
    const { told, to } = target();
    starts?.deliver(to);
    expect(told).toEqual(['tel:10086', 'tel:10010']);
  });
});

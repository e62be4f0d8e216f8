import { type HostileMessage, lines } from './message.ts';

const address = 'sip:[2001:db8::10]';
const registrar = {
  asked: 'well-formed; a phone is no registrar',
  desk: 405,
} as const;

function register(uri: string): string {
  return lines(
    `REGISTER ${uri} SIP/2.0`,
    'To: sip:user@example.com',
    'From: sip:user@example.com;tag=81x2',
    'Via: SIP/2.0/UDP [2001:db8::9:1];branch=z9hG4bKas3-111',
    'Call-ID: SSG9559905523997077@hlau_4100',
    'Max-Forwards: 70',
    'Contact: "Caller" <sip:caller@[2001:db8::1]>',
    'CSeq: 98176 REGISTER',
    'Content-Length: 0',
  );
}

/** Content-Length as the bytes are: the numbers of the RFC are not (4.6: 268, 4.8: 181, 4.9: 236). */
function invite(head: string[], body: string[]): string {
  const text = [...body, ''].join('\r\n');
  return lines(...head, 'Content-Type: application/sdp', `Content-Length: ${text.length}`) + text;
}

const video = ['m=video 6024 RTP/AVP 107', 'a=rtpmap:107 H263-1998/90000'];

/** RFC 5118, section 4: messages with IPv6 addresses. */
export const rfc5118: HostileMessage[] = [
  { name: 'ipv6-good', section: '4.1', address: null, text: register(address), ...registrar },
  {
    name: 'ipv6-bad',
    section: '4.2',
    address: null,
    text: register('sip:2001:db8::10'),
    asked: '400',
    desk: 400,
  },
  {
    name: 'port-ambiguous',
    section: '4.3',
    address: null,
    text: register('sip:[2001:db8::10:5070]'),
    ...registrar,
  },
  {
    name: 'port-unambiguous',
    section: '4.4',
    address: null,
    text: register('sip:[2001:db8::10]:5070'),
    ...registrar,
  },
  {
    name: 'via-received-param-with-delim',
    section: '4.5',
    address,
    text: lines(
      'BYE sip:[2001:db8::10] SIP/2.0',
      'To: sip:user@example.com;tag=bd76ya',
      'From: sip:user@example.com;tag=81x2',
      'Via: SIP/2.0/UDP [2001:db8::9:1];received=[2001:db8::9:255];branch=z9hG4bKas3-111',
      'Call-ID: SSG9559905523997077@hlau_4100',
      'Max-Forwards: 70',
      'CSeq: 321 BYE',
      'Content-Length: 0',
    ),
    asked: 'read with the brackets; of no dialog here',
    desk: 481,
  },
  {
    name: 'via-received-param-no-delim',
    section: '4.5',
    address,
    text: lines(
      'OPTIONS sip:[2001:db8::10] SIP/2.0',
      'To: sip:user@example.com',
      'From: sip:user@example.com;tag=81x2',
      'Via: SIP/2.0/UDP [2001:db8::9:1];received=2001:db8::9:255;branch=z9hG4bKas3',
      'Call-ID: SSG95523997077@hlau_4100',
      'Max-Forwards: 70',
      'Contact: "Caller" <sip:caller@[2001:db8::9:1]>',
      'CSeq: 921 OPTIONS',
      'Content-Length: 0',
    ),
    asked: 'read without the brackets',
    desk: 200,
  },
  {
    name: 'ipv6-in-sdp',
    section: '4.6',
    address: 'sip:user@[2001:db8::10]',
    text: invite(
      [
        'INVITE sip:user@[2001:db8::10] SIP/2.0',
        'To: sip:user@[2001:db8::10]',
        'From: sip:user@example.com;tag=81x2',
        'Via: SIP/2.0/UDP [2001:db8::20];branch=z9hG4bKas3-111',
        'Call-ID: SSG9559905523997077@hlau_4100',
        'Contact: "Caller" <sip:caller@[2001:db8::20]>',
        'CSeq: 8612 INVITE',
        'Max-Forwards: 70',
      ],
      [
        'v=0',
        'o=assistant 971731711378798081 0 IN IP6 2001:db8::20',
        "s=Live video feed for today's meeting",
        'c=IN IP6 2001:db8::20',
        't=3338481189 3370017201',
        'm=audio 6000 RTP/AVP 2',
        'a=rtpmap:2 G726-32/8000',
        ...video,
      ],
    ),
    asked: 'well-formed',
    desk: 'rings',
  },
  {
    name: 'mult-ip-in-header',
    section: '4.7',
    address: 'sip:user@host.example.net',
    text: lines(
      'BYE sip:user@host.example.net SIP/2.0',
      'Via: SIP/2.0/UDP [2001:db8::9:1]:6050;branch=z9hG4bKas3-111',
      'Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKjhja8781hjuaij65144',
      'Via: SIP/2.0/TCP [2001:db8::9:255];branch=z9hG4bK451jj;received=192.0.2.200',
      'Call-ID: 997077@lau_4100',
      'Max-Forwards: 70',
      'CSeq: 89187 BYE',
      'To: sip:user@example.net;tag=9817--94',
      'From: sip:user@example.com;tag=81x2',
      'Content-Length: 0',
    ),
    asked: 'well-formed; of no dialog here',
    desk: 481,
  },
  {
    name: 'mult-ip-in-sdp',
    section: '4.8',
    address: 'sip:user@[2001:db8::10]',
    text: invite(
      [
        'INVITE sip:user@[2001:db8::10] SIP/2.0',
        'To: sip:user@[2001:db8::10]',
        'From: sip:user@example.com;tag=81x2',
        'Via: SIP/2.0/UDP [2001:db8::9:1];branch=z9hG4bKas3-111',
        'Call-ID: SSG9559905523997077@hlau_4100',
        'Contact: "Caller" <sip:caller@[2001:db8::9:1]>',
        'Max-Forwards: 70',
        'CSeq: 8912 INVITE',
      ],
      [
        'v=0',
        'o=bob 280744730 28977631 IN IP4 host.example.com',
        's=',
        't=0 0',
        'm=audio 22334 RTP/AVP 0',
        'c=IN IP4 192.0.2.1',
        'm=video 6024 RTP/AVP 107',
        'c=IN IP6 2001:db8::1',
        'a=rtpmap:107 H263-1998/90000',
      ],
    ),
    asked: 'well-formed',
    desk: 'rings',
  },
  {
    name: 'ipv4-mapped-ipv6',
    section: '4.9',
    text: invite(
      [
        'INVITE sip:user@example.com SIP/2.0',
        'To: sip:user@example.com',
        'From: sip:user@east.example.com;tag=81x2',
        'Via: SIP/2.0/UDP [::ffff:192.0.2.10]:19823;branch=z9hG4bKbh19',
        'Via: SIP/2.0/UDP [::ffff:192.0.2.2];branch=z9hG4bKas3-111',
        'Call-ID: SSG9559905523997077@hlau_4100',
        'Contact: "T. desk phone" <sip:ted@[::ffff:192.0.2.2]>',
        'CSeq: 612 INVITE',
        'Max-Forwards: 70',
      ],
      [
        'v=0',
        'o=assistant 971731711378798081 0 IN IP6 ::ffff:192.0.2.2',
        's=Call me soon, please!',
        'c=IN IP6 ::ffff:192.0.2.2',
        't=3338481189 3370017201',
        'm=audio 6000 RTP/AVP 2',
        'a=rtpmap:2 G726-32/8000',
        ...video,
      ],
    ),
    asked: 'well-formed',
    desk: 'rings',
  },
  ...(['ipv6-bug-abnf-3-colons', 'ipv6-correct-abnf-2-colons'] as const).map(
    (name, at): HostileMessage => {
      const host = at === 0 ? '[2001:db8:::192.0.2.1]' : '[2001:db8::192.0.2.1]';
      return {
        name,
        section: '4.10',
        address: `sip:user@${host}`,
        text: lines(
          `OPTIONS sip:user@${host} SIP/2.0`,
          `To: sip:user@${host}`,
          'From: sip:user@example.com;tag=810x2',
          'Via: SIP/2.0/UDP lab1.east.example.com;branch=z9hG4bKas3-111',
          'Call-ID: G9559905523997077@hlau_4100',
          'CSeq: 689 OPTIONS',
          'Max-Forwards: 70',
          'Content-Length: 0',
        ),
        asked: 'tolerated: two colons and three',
        desk: 200,
      };
    },
  ),
];

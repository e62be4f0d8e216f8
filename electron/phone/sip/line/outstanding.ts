const branchOf = /^(?:via|v)[ \t]*:[^\r\n]*;[ \t]*branch[ \t]*=[ \t]*([^\s;,]+)/imu;
const toTag = /^(?:to|t)[ \t]*:[^\r\n]*;[ \t]*tag[ \t]*=/imu;
const methodOfCseq = /^cseq[ \t]*:[ \t]*\d+[ \t]+([A-Z]+)/imu;
const copied = /^(?:via|v|from|f|to|t|call-id|i|cseq)[ \t]*:[^\r\n]*/gimu;
/** Answered by a machine within a second; this many unanswered ones are a PBX that is gone. */
const mostRequests = 200;
/** An ACK that went down with the socket is waited for by a PBX that repeats its 200 (RFC 3261 §13.3.1.4). */
const freshMs = 2_000;

/**
 * The requests of this desk that the PBX has not answered for good. The SIP library takes a WebSocket for reliable and
 * never sends again: what was under way when the socket went would wait 32 s for an answer that cannot come.
 */
export class Outstanding {
  #requests = new Map<string, string>();
  #acks = new Map<string, { message: string; at: number }>();
  #unheard: string[] = [];

  /** `at` in ms UTC. */
  sent(message: string, at: number): void {
    if (message.startsWith('ACK ')) this.#keepAck(message, at);
    const key = keyOf(message);
    if (key === null || message.startsWith('SIP/2.0') || /^(?:ACK|CANCEL) /u.test(message)) return;
    if (this.#requests.size < mostRequests) this.#requests.set(key, message);
  }

  /** One for each call, and none longer than it is fresh. */
  #keepAck(message: string, at: number): void {
    for (const [callId, ack] of this.#acks) {
      if (at - ack.at >= freshMs) this.#acks.delete(callId);
    }
    this.#acks.set(callIdOf(message), { message, at });
  }

  received(message: string): void {
    if (this.#requests.size === 0 || !/^SIP\/2\.0 [2-6]/u.test(message)) return;
    const key = keyOf(message);
    if (key !== null) this.#requests.delete(key);
  }

  /**
   * The socket is gone: answers of 503 (RFC 3261 §8.1.3.1) to what was asked on it. Not to a first INVITE, which can
   * still be cancelled over the next socket, nor to REGISTER, which has a watch of its own; a BYE is kept to be said
   * again, and so is an ACK of the last 2 s.
   */
  lost(at: number): string[] {
    const requests = [...this.#requests.values()];
    const acks = [...this.#acks.values()].filter((ack) => at - ack.at < freshMs);
    this.#requests.clear();
    this.#acks.clear();
    this.#unheard.push(...acks.map(({ message }) => message));
    this.#unheard.push(...requests.filter((text) => text.startsWith('BYE ')));
    return requests
      .filter((text) => !/^(?:BYE|REGISTER) /u.test(text))
      .filter((text) => !text.startsWith('INVITE ') || toTag.test(headOf(text)))
      .map(unavailable);
  }

  /** What may not have been heard and has to be said; each is given once. */
  takeUnheard(): string[] {
    return this.#unheard.splice(0).slice(-mostRequests);
  }
}

function keyOf(message: string): string | null {
  const head = headOf(message);
  const branch = branchOf.exec(head)?.[1];
  const method = methodOfCseq.exec(head)?.[1];
  return branch && method ? `${method} ${branch}` : null;
}

function callIdOf(message: string): string {
  return /^(?:call-id|i)[ \t]*:[ \t]*(\S+)/imu.exec(headOf(message))?.[1] ?? '';
}

function headOf(message: string): string {
  const end = message.indexOf('\r\n\r\n');
  return end < 0 ? message : message.slice(0, end);
}

function unavailable(request: string): string {
  const headers = headOf(request).match(copied) ?? [];
  return ['SIP/2.0 503 Connection Lost', ...headers, 'Content-Length: 0', '', ''].join('\r\n');
}

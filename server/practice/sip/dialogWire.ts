const callIdHeader = /^(?:call-id|i)[ \t]*:[ \t]*(\S+)/im;
const cseqOfInvite = /^cseq[ \t]*:[ \t]*\d+[ \t]+INVITE[ \t]*\r?$/im;

export function callIdOf(message: string): string | undefined {
  return callIdHeader.exec(message)?.[1];
}

/** Works on a connection's messages, dialog by dialog, where the SIP library has no handle of its own. */
export class DialogWire {
  #answerHeaders = new Map<string, () => string[]>();
  #silent = new Set<string>();
  #onReinvite = new Map<string, (deliver: () => void) => void>();

  /** Headers of every 200 to an INVITE of this dialog; asked for at each. */
  answerWith(callId: string, headers: () => string[]): void {
    this.#answerHeaders.set(callId, headers);
  }

  /** Nothing of this dialog comes or goes any more. */
  silence(callId: string): void {
    this.#silent.add(callId);
  }

  /** Called once, before the next INVITE of this dialog is taken; `deliver` lets it through. */
  beforeReinvite(callId: string, action: (deliver: () => void) => void): void {
    this.#onReinvite.set(callId, action);
  }

  /** The dialog is over. */
  forget(callId: string): void {
    this.#answerHeaders.delete(callId);
    this.#onReinvite.delete(callId);
  }

  outgoing(message: string): string | undefined {
    if (this.#silent.size === 0 && this.#answerHeaders.size === 0) return message;
    const callId = callIdOf(message) ?? '';
    if (this.#silent.has(callId)) return undefined;
    const headers = this.#answerHeaders.get(callId)?.() ?? [];
    if (headers.length === 0 || !message.startsWith('SIP/2.0 200') || !cseqOfInvite.test(message)) {
      return message;
    }
    const end = message.indexOf('\r\n') + 2;
    const added = headers.map((header) => `${header}\r\n`).join('');
    return message.slice(0, end) + added + message.slice(end);
  }

  incoming(message: string, deliver: () => void): void {
    const callId = this.#silent.size + this.#onReinvite.size > 0 ? callIdOf(message) : undefined;
    if (callId === undefined) {
      deliver();
      return;
    }
    if (this.#silent.has(callId)) return;
    const action = message.startsWith('INVITE ') ? this.#onReinvite.get(callId) : undefined;
    if (!action) {
      deliver();
      return;
    }
    this.#onReinvite.delete(callId);
    action(deliver);
  }
}

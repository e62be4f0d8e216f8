import { v5, v7 } from 'uuid';

/** Namespace of ids that follow from something else; never change it, or calls would be counted twice. */
const namespace = '6f1c1b52-7f0e-4a53-9a51-0b7ad7a3c6d1';

/** UUIDv7, made where the thing is made. */
export function newId(): string {
  return v7();
}

/** Id of an agent's part of the journey `callRef` on the PBX `pbx` (its SIP domain). */
export function callIdOf(pbx: string, callRef: string, agentId: string): string {
  return v5(`call ${pbx} ${callRef} ${agentId}`, namespace);
}

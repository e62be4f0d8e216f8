import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { request } from 'node:http';
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, test } from 'vitest';
import { maxAttachmentBytes } from '#shared/domain/tickets/fileTypes.ts';
import { practiceUser } from '../../support/practiceUser.ts';
import { backendNames } from '../../support/serverBackends.ts';
import { operationBy, ServerClient } from '../../support/serverClient.ts';
import { testServer } from '../../support/testServer.ts';

const me = practiceUser('xu.jing').id;

describe.each(backendNames)('attachments on %s', (name) => {
  const server = testServer(name);
  const agent = server.desk('xu.jing');
  const other = server.desk('chen.hao');
  const admin = server.desk('admin');

  const picture = (bytes: number) =>
    Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), randomBytes(bytes)]);
  const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

  function put(client: ServerClient, sha256: string, bytes: Buffer) {
    return fetch(`${server.url}/api/attachments/${sha256}`, {
      method: 'PUT',
      headers: {
        authorization: `Bearer ${client.token}`,
        'content-type': 'application/octet-stream',
      },
      body: new Uint8Array(bytes),
    });
  }

  const get = (client: ServerClient, sha256: string) =>
    fetch(`${server.url}/api/attachments/${sha256}`, {
      headers: { authorization: `Bearer ${client.token}` },
    });

  /** The record of an attachment, without its bytes. */
  async function named(bytes: Buffer, parts = {}): Promise<string> {
    const sha256 = hashOf(bytes);
    const fields = {
      ticketId: uuidv7(),
      name: 'leak.png',
      mime: 'image/png',
      bytes: bytes.length,
      sha256,
      at: 1,
      byId: me,
      byName: '徐静',
      retired: false,
      ...parts,
    };
    const made = operationBy(me, { entity: 'attachment', fields });
    expect(await agent.push(made)).toMatchObject([{ outcome: 'applied' }]);
    return sha256;
  }

  test('a file of several pieces comes back as it was, for everybody who sees tickets', async () => {
    const bytes = picture(1_500_000);
    const sha256 = await named(bytes);
    expect((await get(agent, sha256)).status).toBe(404);
    expect((await put(agent, sha256, bytes)).status).toBe(200);
    expect((await put(agent, sha256, bytes)).status).toBe(200);
    const answer = await get(other, sha256);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/octet-stream');
    expect(answer.headers.get('content-disposition')).toBe('attachment');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(hashOf(Buffer.from(await answer.arrayBuffer()))).toBe(sha256);
  });

  test('what the hash does not stand for is refused, and nothing of it is kept', async () => {
    const bytes = picture(2000);
    const sha256 = await named(bytes);
    for (const wrong of [picture(2000), bytes.subarray(0, 100), Buffer.alloc(0)]) {
      expect((await put(agent, sha256, wrong)).status).toBe(400);
    }
    expect((await get(agent, sha256)).status).toBe(404);
  });

  test('a record that is mistaken about the size keeps nobody from the file', async () => {
    const bytes = picture(3000);
    const sha256 = await named(bytes, { bytes: 7 });
    expect((await put(agent, sha256, bytes)).status).toBe(200);
    const answer = await get(other, sha256);
    expect(answer.headers.get('content-length')).toBe(String(bytes.length));
    expect(hashOf(Buffer.from(await answer.arrayBuffer()))).toBe(sha256);
  });

  test('a program is refused, whatever its record calls it', async () => {
    const bytes = Buffer.concat([Buffer.from('4d5a9000', 'hex'), randomBytes(200)]);
    const sha256 = await named(bytes);
    const answer = await put(agent, sha256, bytes);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: 'file-type-refused' });
  });

  test('too large is 413', async () => {
    const bytes = picture(maxAttachmentBytes);
    const sha256 = await named(bytes, { bytes: 10 });
    expect((await put(agent, sha256, bytes)).status).toBe(413);
  });

  test('what no record names is neither taken nor given out', async () => {
    const bytes = picture(10);
    expect((await put(agent, hashOf(bytes), bytes)).status).toBe(404);
    expect((await get(agent, hashOf(bytes))).status).toBe(404);
    for (const wrong of ['short', `${'g'.repeat(64)}`, '..%2f..%2fetc%2fpasswd']) {
      expect((await get(agent, wrong)).status).toBeGreaterThanOrEqual(400);
      expect((await get(agent, wrong)).status).toBeLessThan(500);
    }
  });

  test('of what no record names not a byte is waited for', async () => {
    const asked = request(`${server.url}/api/attachments/${hashOf(picture(10))}`, {
      method: 'PUT',
      headers: {
        authorization: `Bearer ${agent.token}`,
        'content-type': 'application/octet-stream',
        'content-length': maxAttachmentBytes,
      },
    });
    const answered = once(asked, 'response');
    asked.on('error', () => {});
    asked.flushHeaders();
    const [answer] = await answered;
    expect(answer.statusCode).toBe(404);
    asked.destroy();
  });

  test('nobody without a session, and no upload by who only reads', async () => {
    const bytes = picture(10);
    const sha256 = await named(bytes);
    const reader = new ServerClient(server.url);
    expect((await get(reader, sha256)).status).toBe(401);
    expect((await put(new ServerClient(server.url), sha256, bytes)).status).toBe(401);
    const { user } = await reader.signIn('he.xin');
    await admin.call('PATCH', `/api/users/${user.id}`, { role: 'quality' });
    expect((await put(reader, sha256, bytes)).status).toBe(403);
    expect((await put(agent, sha256, bytes)).status).toBe(200);
    expect((await get(reader, sha256)).status).toBe(200);
  });
});

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BrowserContext, Page } from 'playwright-core';
import { type WebSocket, WebSocketServer } from 'ws';

/**
 * Baseline of the board: a page with the same elements and styles, that takes the server's messages as they are and
 * writes what they say straight into its elements.
 */
const script = `
  const icons = new Map();
  for (const tile of document.querySelectorAll('[data-agent]')) {
    icons.set(tile.dataset.state, tile.querySelector('svg').outerHTML);
  }
  const tiles = new Map([...document.querySelectorAll('[data-agent]')].map((tile) => [tile.dataset.agent, tile]));
  const rowTemplate = document.querySelector('[data-call]');
  const list = rowTemplate.parentElement;
  const rows = new Map([...list.children].map((row) => [row.dataset.call, row]));
  const since = new Map();
  const clock = (ms) => Math.floor(ms / 60000) + ':' + String(Math.floor(ms / 1000) % 60).padStart(2, '0');

  function agent({ agentId, state, since: from, today }) {
    const tile = tiles.get(agentId);
    if (!tile) return;
    if (tile.dataset.state !== state) {
      tile.dataset.state = state;
      tile.querySelector('svg').outerHTML = icons.get(state) ?? '<svg></svg>';
      document.querySelector('[data-testid="agents-' + state + '"] ul')?.append(tile.parentElement);
    }
    const timer = tile.querySelector('[role="timer"]');
    timer.textContent = clock(Date.now() - from);
    since.set(timer, from);
    tile.lastElementChild.firstElementChild.textContent =
      today.handled + ' · ' + (today.handled ? clock(today.handleMs / today.handled) : '');
  }
  function queue({ queueId, today }) {
    const tile = document.querySelector('[data-testid="queue-tile-' + queueId + '"]');
    if (!tile) return;
    const [waiting, level] = tile.querySelectorAll('b');
    waiting.textContent = today.waiting;
    level.textContent = Math.round((100 * today.answeredInTime) / (today.levelBase || 1)) + ' %';
    const [abandon, speed] = tile.querySelectorAll('dd');
    // Brief tiles, of many queues, go without.
    if (!abandon) return;
    abandon.textContent = ((100 * today.abandoned) / (today.offered || 1)).toFixed(1) + ' %';
    speed.textContent = clock(today.answerWaitMs / (today.answered || 1));
  }
  function call({ callRef, state, caller, queueId, enteredAt, answeredAt }) {
    let row = rows.get(callRef);
    if (!row) {
      row = rowTemplate.cloneNode(true);
      row.dataset.call = callRef;
      rows.set(callRef, row);
      list.append(row);
    }
    row.dataset.state = state;
    row.children[1].textContent = caller;
    row.children[2].textContent = queueId;
    since.set(row.children[3], answeredAt ?? enteredAt);
    row.children[3].textContent = clock(Date.now() - (answeredAt ?? enteredAt));
  }
  function gone(callRef) {
    const row = rows.get(callRef);
    if (!row) return;
    since.delete(row.children[3]);
    row.remove();
    rows.delete(callRef);
  }
  setInterval(() => {
    for (const [timer, from] of since) timer.textContent = clock(Date.now() - from);
  }, 1000);
  new WebSocket(location.href.replace('http', 'ws')).onmessage = ({ data }) => {
    const { agents, queues, calls, goneCalls = [] } = JSON.parse(data);
    agents.forEach(agent);
    queues.forEach(queue);
    calls.forEach(call);
    goneCalls.forEach(gone);
  };
`;

export interface BareBoard {
  page: Page;
  /** The server's message, word for word. */
  tell(text: string): void;
  close(): Promise<void>;
}

/** `html` and `css` of the board as it stands. */
export async function openBareBoard(
  context: BrowserContext,
  { html, css }: { html: string; css: string },
): Promise<BareBoard> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(
      `<!doctype html>${html.replace('</head>', () => `<meta charset="utf-8"><style>${css}</style></head>`)}<script>${script}</script>`,
    );
  });
  const connected = new Promise<WebSocket>((resolve) => {
    new WebSocketServer({ server }).once('connection', resolve);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const page = await context.newPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const socket = await connected;
  return {
    page,
    tell: (text) => socket.send(text),
    async close() {
      socket.terminate();
      server.close();
      await page.close();
    },
  };
}

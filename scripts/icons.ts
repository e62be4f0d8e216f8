import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { trayStates } from '#electron/shell/outside/trayState.ts';
import { chromiumFlags, findChromium } from '../tests/support/chromium.ts';

/**
 * Draws every icon anew from its SVG in resources/icons: PNG for Linux and the tray, ICO for
 * Windows, ICNS for macOS. Run after a drawing has changed: node scripts/icons.ts
 */
const folder = fileURLToPath(new URL('../resources/icons', import.meta.url));

const linuxSizes = [16, 32, 48, 64, 128, 256, 512];
const windowsSizes = [16, 24, 32, 48, 64, 256];
/** Apple's type codes of pictures that are PNG inside, with their sizes. */
const macTypes: [string, number][] = [
  ['icp4', 16],
  ['icp5', 32],
  ['ic07', 128],
  ['ic08', 256],
  ['ic09', 512],
];

async function draw(browser: Browser, svgFile: string, size: number): Promise<Buffer> {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  const svg = readFileSync(join(folder, svgFile), 'utf8').replace(
    '<svg ',
    `<svg width="${size}" height="${size}" style="display:block" `,
  );
  await page.setContent(`<body style="margin:0;background:transparent">${svg}</body>`);
  const png = await page.screenshot({ omitBackground: true });
  await page.close();
  return png;
}

/** ICO: a directory of pictures (6 bytes and 16 for each), then the pictures, here as PNG. */
function icoOf(pictures: { size: number; png: Buffer }[]): Buffer {
  const head = Buffer.alloc(6 + 16 * pictures.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(pictures.length, 4);
  let offset = head.length;
  for (const [index, { size, png }] of pictures.entries()) {
    const entry = 6 + 16 * index;
    head.writeUInt8(size === 256 ? 0 : size, entry);
    head.writeUInt8(size === 256 ? 0 : size, entry + 1);
    head.writeUInt16LE(1, entry + 4);
    head.writeUInt16LE(32, entry + 6);
    head.writeUInt32LE(png.length, entry + 8);
    head.writeUInt32LE(offset, entry + 12);
    offset += png.length;
  }
  return Buffer.concat([head, ...pictures.map(({ png }) => png)]);
}

/** ICNS: magic and total length, then for each picture its type, length with this head, and PNG. */
function icnsOf(pictures: { type: string; png: Buffer }[]): Buffer {
  const parts = pictures.map(({ type, png }) => {
    const head = Buffer.alloc(8);
    head.write(type, 'ascii');
    head.writeUInt32BE(png.length + 8, 4);
    return Buffer.concat([head, png]);
  });
  const head = Buffer.alloc(8);
  head.write('icns', 'ascii');
  head.writeUInt32BE(8 + parts.reduce((sum, { length }) => sum + length, 0), 4);
  return Buffer.concat([head, ...parts]);
}

async function drawAll(browser: Browser): Promise<void> {
  mkdirSync(join(folder, 'linux'), { recursive: true });
  for (const size of linuxSizes) {
    const png = await draw(browser, 'icon.svg', size);
    writeFileSync(join(folder, 'linux', `${size}x${size}.png`), png);
    if (size === 256) writeFileSync(join(folder, 'icon.png'), png);
  }
  const windows = [];
  for (const size of windowsSizes)
    windows.push({ size, png: await draw(browser, 'icon.svg', size) });
  writeFileSync(join(folder, 'icon.ico'), icoOf(windows));
  const mac = [];
  for (const [type, size] of macTypes)
    mac.push({ type, png: await draw(browser, 'icon-mac.svg', size) });
  writeFileSync(join(folder, 'icon.icns'), icnsOf(mac));
  for (const state of trayStates) {
    for (const [size, suffix] of [
      [16, ''],
      [32, '@2x'],
    ] as const) {
      const png = await draw(browser, `tray/${state}.svg`, size);
      writeFileSync(join(folder, 'tray', `${state}${suffix}.png`), png);
    }
  }
}

const executablePath = findChromium();
if (!executablePath) throw new Error('no Chromium found; name it in SWITCHBOARD_CHROMIUM');
const browser = await chromium.launch({ executablePath, args: [...chromiumFlags] });
try {
  await drawAll(browser);
} finally {
  await browser.close();
}

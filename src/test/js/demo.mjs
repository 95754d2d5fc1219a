// Opens the demo page in a real browser and does what a visitor does:
//   node demo.mjs --url http://127.0.0.1:6001 [--screenshot FILE] [--width 1280] [--height 900] [--dark]
// Ends with 0 and "ok …" lines, or with 1 and one "FAIL …" line that says what the page did not do.
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';

const WAIT_MS = 10_000;
const BROWSER_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const { values: options } = parseArgs({
  options: {
    url: { type: 'string' },
    screenshot: { type: 'string' },
    width: { type: 'string', default: '1280' },
    height: { type: 'string', default: '900' },
    dark: { type: 'boolean', default: false },
  },
});

async function step(what, action) {
  const start = performance.now();
  try {
    await action();
  } catch (cause) {
    throw new Error(`${what}: ${String(cause.message).split('\n')[0]}`, { cause });
  }
  console.log(`ok ${what} ${Math.round(performance.now() - start)} ms`);
}

async function visit(page) {
  await step('the page opens', async () => {
    const answer = await page.goto(`${options.url}/demo`, { waitUntil: 'load' });
    if (answer.status() !== 200) {
      throw new Error(`status ${answer.status()} (expected: 200)`);
    }
  });
  await step('it connects', () => page.locator('#state[data-state="connected"]').waitFor());
  await step('its transport becomes WebSocket', () =>
    page.locator('#transport', { hasText: /^websocket$/ }).waitFor());
  await step('three ticks arrive', () =>
    page.waitForFunction(() => {
      const tick = document.querySelector('[data-channel="demo"][data-event="demo.tick"]');
      return Number(tick?.dataset.count) >= 3;
    }));
  await step('data that is not JSON is refused in words', async () => {
    await page.getByLabel('Data (JSON)').fill('{"open":');
    await page.getByRole('button', { name: 'Publish' }).click();
    await page.locator('#result.error', { hasText: 'not JSON' }).waitFor();
  });
  for (const channel of ['chat', 'another-channel']) {
    await step(`what the form publishes on ${channel} arrives`, () => publish(page, channel));
  }
}

async function publish(page, channel) {
  const text = `Grüße, 世界 😀 ${Math.random()}`;
  await page.getByLabel('Channel').fill(channel);
  await page.getByLabel('Event', { exact: true }).fill('message.sent');
  await page.getByLabel('Data (JSON)').fill(JSON.stringify({ text, big: '<b>"\\' }));
  await page.getByRole('button', { name: 'Publish' }).click();
  await page.locator(`.own[data-channel="${channel}"][data-event="message.sent"]`, { hasText: text }).waitFor();
}

async function main() {
  if (!options.url) {
    throw new Error('--url: missing (expected: where the server is, such as http://127.0.0.1:6001)');
  }
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: BROWSER_ARGS,
  });
  try {
    const page = await browser.newPage({
      viewport: { width: Number(options.width), height: Number(options.height) },
      colorScheme: options.dark ? 'dark' : 'light',
    });
    page.setDefaultTimeout(WAIT_MS);
    const faults = [];
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (line) => line.type() === 'error' && faults.push(line.text()));
    try {
      await visit(page);
      await step('the page reports no error', () => faults.length === 0 || Promise.reject(new Error('see below')));
    } finally {
      faults.forEach((fault) => console.log(`page error: ${fault}`));
      if (options.screenshot) {
        await page.screenshot({ path: options.screenshot, fullPage: true });
      }
    }
  } finally {
    await browser.close();
  }
}

main().catch((failure) => {
  console.log(`FAIL ${failure.message}`);
  process.exitCode = 1;
});

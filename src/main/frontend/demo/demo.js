'use strict';

const MAX_ROWS = 100;
const MAX_BARS = 40;
const LOST_AFTER_MS = 4000;
const TICK = 'demo.tick';

const byId = (id) => document.getElementById(id);
const echo = new Echo.default({ broadcaster: 'socket.io', client: io, host: location.origin });
const socket = echo.connector.socket;

/* ---- connection ---- */

function showState(state, text) {
  const shown = byId('state');
  shown.dataset.state = state;
  shown.textContent = text;
}

function showTransport() {
  byId('transport').textContent = socket.io.engine.transport.name;
}

socket.on('connect', () => {
  showState('connected', 'connected');
  byId('socket-id').textContent = socket.id;
  showTransport();
  socket.io.engine.on('upgrade', showTransport);
});

socket.on('disconnect', (reason) => {
  showState('disconnected', `disconnected (${reason})`);
  byId('socket-id').textContent = '–';
  byId('transport').textContent = '–';
});

socket.on('connect_error', (error) => showState('disconnected', `not connected (${error.message})`));

/* ---- arriving events ---- */

const awaited = []; // What this page published and has not seen arrive yet, oldest first.
const tickTimes = [];

/** Milliseconds since the event was published, or undefined if nobody noted when that was. */
function took(event, data, own) {
  if (own) {
    return performance.now() - own.since;
  }
  return event === TICK && typeof data?.at === 'number' ? Date.now() - data.at : undefined;
}

function takeAwaited(channel, event) {
  const index = awaited.findIndex((each) => each.channel === channel && each.event === event);
  return index < 0 ? undefined : awaited.splice(index, 1)[0];
}

function formatMs(ms) {
  // Below zero: this device's clock and the server's disagree, so the number would mean nothing.
  return ms === undefined || ms < 0 ? '–' : `${Math.round(ms)} ms`;
}

function element(name, className, text) {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

function row({ channel, event, data, ms, own, error, count }) {
  const item = element('li', 'event', '');
  item.classList.toggle('own', Boolean(own));
  item.classList.toggle('error', Boolean(error));
  item.dataset.channel = channel;
  item.dataset.event = event;
  item.dataset.count = count;
  const title = element('span', 'title', event);
  if (count > 1) {
    title.append(element('span', 'count', `× ${count}`));
  }
  item.append(
    element('time', '', new Date().toLocaleTimeString('en-GB', { hour12: false })),
    element('span', 'channel', channel),
    title,
    element('span', 'took', formatMs(ms)),
    element('code', '', typeof data === 'string' ? data : JSON.stringify(data)),
  );
  return item;
}

/** Puts the event on top. Ticks in a row share one entry, so that they do not push the rest out of sight. */
function show(entry) {
  const list = byId('events');
  const top = list.firstElementChild;
  let count = 1;
  if (entry.event === TICK && top?.dataset.event === TICK && top.dataset.channel === entry.channel) {
    count = Number(top.dataset.count) + 1;
    top.remove();
  }
  list.prepend(row({ ...entry, count }));
  if (list.children.length > MAX_ROWS) {
    list.lastElementChild.remove();
  }
}

function showHistory(ms) {
  tickTimes.push(Math.max(ms, 0));
  tickTimes.splice(0, tickTimes.length - MAX_BARS);
  const highest = Math.max(10, ...tickTimes);
  const width = 120 / MAX_BARS;
  byId('history').replaceChildren(
    ...tickTimes.map((each, index) => {
      const height = Math.max(1.5, (each / highest) * 24);
      const bar = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
      bar.setAttribute('x', 120 - (tickTimes.length - index) * width);
      bar.setAttribute('y', 24 - height);
      bar.setAttribute('width', width * 0.7);
      bar.setAttribute('height', height);
      return bar;
    }),
  );
}

socket.onAny((event, channel, data) => {
  if (event === 'subscription_error') {
    const text = `Subscription refused with status ${data}.`;
    show({ channel: String(channel), event: 'subscription_error', data: text, error: true });
    return;
  }
  const own = takeAwaited(channel, event);
  const ms = took(event, data, own);
  byId('latency').textContent = formatMs(ms);
  show({ channel: String(channel), event, data, ms, own });
});

echo.channel('demo').listen(`.${TICK}`, (data) => showHistory(Date.now() - data.at));
echo.channel('chat');

byId('clear').addEventListener('click', () => byId('events').replaceChildren());

/* ---- publishing ---- */

function showResult(text, failed = false) {
  const result = byId('result');
  result.textContent = text;
  result.classList.toggle('error', failed);
}

function parsedData() {
  const text = byId('data').value.trim();
  return text === '' ? null : JSON.parse(text);
}

function warnIfLost(own) {
  setTimeout(() => {
    const index = awaited.indexOf(own);
    if (index >= 0) {
      awaited.splice(index, 1);
      showResult('Published, but it did not arrive here. The server’s log may say why.', true);
    }
  }, LOST_AFTER_MS);
}

async function publish(channel, event, data) {
  const own = { channel, event, since: performance.now() };
  awaited.push(own);
  try {
    const answer = await fetch('/demo/publish', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ channel, event, data }),
    });
    if (!answer.ok) {
      throw new Error((await answer.json()).error);
    }
    showResult(`Published “${event}” on “${channel}”.`);
    warnIfLost(own);
  } catch (failure) {
    takeAwaited(channel, event);
    showResult(`Not published: ${failure.message}`, true);
  }
}

byId('publish').addEventListener('submit', (submit) => {
  submit.preventDefault();
  const channel = byId('channel').value;
  try {
    const data = parsedData();
    echo.channel(channel); // Listen first, so that an event on a new channel is seen here too.
    publish(channel, byId('event').value, data);
  } catch (invalid) {
    showResult(`Data is not JSON: ${invalid.message}`, true);
  }
});

byId('host').textContent = location.origin;

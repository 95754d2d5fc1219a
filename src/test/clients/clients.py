"""
Clients of python-socketio, one for each choice of transports, which do what their public channel tells them to.

Usage: clients.py LABEL URL [close-transport]
Prints and does the same as clients.mjs, see there.
"""
import json
import sys
import threading
import time

import socketio

TRANSPORTS = {'polling': ['polling'], 'websocket': ['websocket'], 'default': None}
CHANNELS = ['news', 'private-orders', 'presence-room']
EVENTS = ['order', 'presence:subscribed', 'presence:joining', 'presence:leaving', 'client-typing', 'subscription_error']


def client(name, url, transports, closes):
    socket = socketio.Client(reconnection_delay=0.1, reconnection_delay_max=0.2, randomization_factor=0)
    closing = [closes]

    def say(*what):
        line = ' '.join([str(int(time.time() * 1000)), name, *what])
        sys.stdout.write(line + '\n')  # In one piece: several threads do it.
        sys.stdout.flush()

    def channel(name, **more):
        return {'channel': name, **more}

    def close():
        time.sleep(1)
        socket.emit('close-transport')

    @socket.event
    def connect():
        say('connected')
        for each in CHANNELS:
            socket.emit('subscribe', channel(each, auth={'headers': {'X-User': name}}))
        if closing[0]:
            closing[0] = False
            threading.Thread(target=close).start()

    @socket.event
    def disconnect():
        say('disconnected')

    @socket.on('act')
    def act(_, data):
        if data['client'] == name and data['do'] == 'whisper':
            socket.emit('client event', channel('private-orders', event='client-typing', data=name))
        elif data['client'] == name:
            socket.emit('unsubscribe', channel('presence-room'))

    def listen(event):
        socket.on(event, lambda *args: say('event', event, json.dumps(args)))

    for event in EVENTS:
        listen(event)
    socket.connect(url, transports=transports)


label, url, *closes = sys.argv[1:]
for transport, transports in TRANSPORTS.items():
    client(f'{label}-{transport}', url, transports, bool(closes))

/**
 * echo-server: takes what Laravel broadcasts through Redis to browsers, over Socket.IO. This package starts and stops it,
 * and is the only place where implementations are chosen.
 *
 * <h2>Two journeys</h2>
 *
 * <pre>
 * BROADCAST   Laravel -Redis-&gt; redis &gt; broadcast &gt; hub &gt; socketio &gt; engineio -&gt; browser
 *                   '-HTTP--&gt; http &gt; api ---'
 * JOIN        browser -&gt; engineio &gt; socketio &gt; subscription &gt; auth &gt; laravel -HTTP-&gt; Laravel
 *                                                  |------&gt; hub        (enter)
 *                                                  '------&gt; presence &gt; redis (remember, announce)
 * </pre>
 *
 * <p>An arrow to the right is a call. Where a library sits on the far side, the middle owns the interface
 * ({@code BroadcastSource}, {@code Authorizer}, {@code PresenceStore}) and the outer package implements it.
 *
 * <h2>Packages</h2>
 *
 * <table>
 * <caption>What each is for; what it may use is checked by {@code ArchitectureTest}</caption>
 * <tr><td>{@code json}</td><td>JSON carried but not read</td></tr>
 * <tr><td>{@code channel}</td><td>what a channel is, what a socket id is</td></tr>
 * <tr><td>{@code broadcast}</td><td>one event for one channel, and where such events come from</td></tr>
 * <tr><td>{@code census}</td><td>how many sockets there are and on which channels, on all nodes (port)</td></tr>
 * <tr><td>{@code hub}</td><td>who is on which channel, per event loop; fan-out</td></tr>
 * <tr><td>{@code auth}</td><td>the question to Laravel and its answer</td></tr>
 * <tr><td>{@code presence}</td><td>members, and the port behind which they are remembered</td></tr>
 * <tr><td>{@code subscription}</td><td>join, leave, whisper</td></tr>
 * <tr><td>{@code engineio}</td><td>Engine.IO 3 and 4</td></tr>
 * <tr><td>{@code socketio}</td><td>Socket.IO packets, CONNECT, events in and out</td></tr>
 * <tr><td>{@code api}</td><td>the HTTP API without HTTP: publishing, asking for channels and users</td></tr>
 * <tr><td>{@code redis}</td><td>everything that talks to Redis</td></tr>
 * <tr><td>{@code laravel}</td><td>everything that asks the application</td></tr>
 * <tr><td>{@code http}</td><td>the ports, their router, the way to the API, client scripts, the demo page</td></tr>
 * <tr><td>{@code metrics}</td><td>numbers for Prometheus</td></tr>
 * <tr><td>{@code tls}</td><td>certificates and keys in PEM files; TLS of the port</td></tr>
 * <tr><td>{@code doctor}</td><td>what must be right for an event to arrive, and what was found</td></tr>
 * <tr><td>{@code live}</td><td>what becomes of each event and how busy the server is, for those who look</td></tr>
 * <tr><td>{@code systemd}</td><td>what the service manager is told</td></tr>
 * <tr><td>{@code watch}</td><td>what a running server tells, for a terminal</td></tr>
 * <tr><td>{@code php}</td><td>what a Laravel application's own files say</td></tr>
 * <tr><td>{@code config}, {@code cli}</td><td>the configuration as records; the commands</td></tr>
 * </table>
 *
 * <h2>Threads</h2>
 *
 * <table>
 * <caption>What runs where</caption>
 * <tr><td>{@code redis-io}</td><td>scans and encodes broadcasts, hands one task to each event loop; never blocks</td></tr>
 * <tr><td>{@code redis-clock}</td><td>keeps the subscription and the node's heartbeat</td></tr>
 * <tr><td>{@code io-N}</td><td>event loops: everything of the sockets that each owns; never block</td></tr>
 * <tr><td>{@code auth-N}</td><td>wait for Laravel's answers, hand them to the socket's event loop</td></tr>
 * <tr><td>{@code tls-files}</td><td>looks whether certificate or key have changed</td></tr>
 * <tr><td>{@code management}</td><td>the event loop of the management port</td></tr>
 * <tr><td>{@code systemd}</td><td>writes to systemd, and asks the event loops whether they live</td></tr>
 * <tr><td>{@code main}</td><td>start, reload and stop</td></tr>
 * </table>
 */
@NullMarked
package dev.echoserver;

import org.jspecify.annotations.NullMarked;

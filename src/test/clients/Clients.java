import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Timer;
import java.util.TimerTask;
import org.json.JSONArray;
import org.json.JSONObject;

/**
 * Clients of io.socket:socket.io-client, one for each choice of transports, which do what their public channel tells them to.
 *
 * <p>Usage: {@code java -cp LIBRARIES Clients.java LABEL URL [close-transport]}. Prints and does the same as
 * {@code clients.mjs}, see there. Compiled when it is started, because each version of the library has to do it.
 */
final class Clients {
    private static final List<String> TRANSPORTS = List.of("polling", "websocket", "default");
    private static final List<String> CHANNELS = List.of("news", "private-orders", "presence-room");
    private static final List<String> EVENTS = List.of(
            "order",
            "presence:subscribed",
            "presence:joining",
            "presence:leaving",
            "client-typing",
            "subscription_error");
    private static final Timer TIMER = new Timer();

    private final String name;
    private final Socket socket;
    private boolean closes;

    private Clients(String name, Socket socket, boolean closes) {
        this.name = name;
        this.socket = socket;
        this.closes = closes;
    }

    public static void main(String[] arguments) {
        for (String transport : TRANSPORTS) {
            IO.Options options = new IO.Options();
            options.forceNew = true;
            options.reconnectionDelay = 100;
            options.reconnectionDelayMax = 200;
            options.randomizationFactor = 0;
            if (!transport.equals("default")) {
                options.transports = new String[] {transport};
            }
            Socket socket = IO.socket(URI.create(arguments[1]), options);
            new Clients(arguments[0] + "-" + transport, socket, arguments.length > 2).open();
        }
    }

    private void open() {
        socket.on(Socket.EVENT_CONNECT, nothing -> onConnect());
        socket.on(Socket.EVENT_DISCONNECT, reason -> say("disconnected " + reason[0]));
        EVENTS.forEach(event -> socket.on(event, arguments -> say("event " + event + " " + array(arguments))));
        socket.on("act", arguments -> act((JSONObject) arguments[1]));
        socket.connect();
    }

    private void onConnect() {
        say("connected");
        JSONObject auth = object(Map.of("headers", object(Map.of("X-User", name))));
        CHANNELS.forEach(channel -> socket.emit("subscribe", object(Map.of("channel", channel, "auth", auth))));
        if (closes) {
            closes = false;
            TIMER.schedule(new TimerTask() {
                @Override
                public void run() {
                    socket.emit("close-transport");
                }
            }, 1000);
        }
    }

    private void act(JSONObject what) {
        if (!what.optString("client").equals(name)) {
            return;
        }
        if (what.optString("do").equals("whisper")) {
            socket.emit(
                    "client event",
                    object(Map.of("channel", "private-orders", "event", "client-typing", "data", name)));
        } else {
            socket.emit("unsubscribe", object(Map.of("channel", "presence-room")));
        }
    }

    private void say(String what) {
        synchronized (System.out) {
            System.out.println(System.currentTimeMillis() + " " + name + " " + what);
        }
    }

    private static JSONObject object(Map<String, Object> fields) {
        return new JSONObject(fields);
    }

    private static JSONArray array(Object[] values) {
        JSONArray array = new JSONArray();
        List.of(values).forEach(array::put);
        return array;
    }
}

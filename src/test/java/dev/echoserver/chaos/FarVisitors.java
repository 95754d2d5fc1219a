package dev.echoserver.chaos;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A program that joins a presence channel with several users and answers their pings, for as long as it runs. */
final class FarVisitors {
    /** What it prints when all have joined. */
    static final String JOINED = "joined";

    private FarVisitors() {}

    /** Takes host, port, channel, and the names of the users. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        InetSocketAddress server = new InetSocketAddress(arguments[0], Integer.parseInt(arguments[1]));
        for (String user : List.of(arguments).subList(3, arguments.length)) {
            RosterWatch unused = RosterWatch.join(server, user, arguments[2]);
        }
        System.out.println(JOINED);
        new CountDownLatch(1).await();
    }
}

#!/bin/sh
# Lettuce 7.7.0.RELEASE: what RedisClient#connectAsync returns is a CompletionStage (ConnectionFuture), but the stage that its
# exceptionallyCompose returns never completes, and the function that is handed in never runs. The same call on its
# toCompletableFuture() works. So a fallback written in the usual way waits for ever, without an error.
#
# Needs Java 17, Maven and access to a Maven repository; no Redis: port 1 of this machine refuses the connection.
#
# Output seen:
#   on the ConnectionFuture: never completes
#   on its toCompletableFuture(): fallback
#
# Exit code: 0 as described, 1 if it behaves otherwise now.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > pom.xml <<'POM'
<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>io.lettuce</groupId><artifactId>lettuce-core</artifactId><version>7.7.0.RELEASE</version></dependency>
  </dependencies>
</project>
POM
cat > Finding.java <<'JAVA'
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.codec.StringCodec;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

class Finding {
    public static void main(String[] arguments) throws Exception {
        RedisClient client = RedisClient.create();
        RedisURI closed = RedisURI.create("redis://127.0.0.1:1");
        show("on the ConnectionFuture", client.connectAsync(StringCodec.UTF8, closed));
        show("on its toCompletableFuture()", client.connectAsync(StringCodec.UTF8, closed).toCompletableFuture());
        System.exit(0);
    }

    static void show(String where, CompletionStage<?> connecting) throws Exception {
        CompletionStage<String> handled = connecting.<String>thenApply(connection -> "connected")
                .exceptionallyCompose(failure -> CompletableFuture.completedFuture("fallback"));
        try {
            System.out.println(where + ": " + handled.toCompletableFuture().get(5, TimeUnit.SECONDS));
        } catch (TimeoutException e) {
            System.out.println(where + ": never completes");
        }
    }
}
JAVA
mvn -q -B dependency:build-classpath -Dmdep.outputFile=classpath >/dev/null
javac -d . -cp "$(cat classpath)" Finding.java
java -cp ".:$(cat classpath)" Finding 2>/dev/null | tee output
printf '%s\n' "on the ConnectionFuture: never completes" "on its toCompletableFuture(): fallback" | diff - output

package dev.echoserver.redis;

import dev.echoserver.broadcast.DropReason;
import dev.echoserver.channel.Channel;
import dev.echoserver.doctor.Finding;
import dev.echoserver.log.Excerpt;
import java.util.ArrayList;
import java.util.List;

/** What else than their prefix the events show that came while the doctor listened. */
final class EventFindings {
    private EventFindings() {}

    /**
     * All that is wrong.
     *
     * @param own the names under the own prefix
     * @param empty those of them under which something came that was empty
     */
    static List<Finding> of(String prefix, List<String> own, List<String> empty) {
        List<Finding> findings = new ArrayList<>();
        empty.stream().findFirst().map(EventFindings::ofEmpty).ifPresent(findings::add);
        own.stream()
                .filter(name -> holdsPrefixTwice(name, prefix))
                .findFirst()
                .map(name -> ofPrefix(name, prefix))
                .ifPresent(findings::add);
        return findings;
    }

    private static Finding ofEmpty(String name) {
        return Finding.fault(
                "redis.empty",
                "Laravel publishes an empty message on \"" + Excerpt.of(name) + "\"",
                "It could not write the event as JSON, so no browser gets it.",
                DropReason.EMPTY.cure());
    }

    /** Laravel then looks for a callback of another name. Public channels are not asked about. */
    private static boolean holdsPrefixTwice(String name, String prefix) {
        return !prefix.isEmpty()
                && name.length() > prefix.length()
                && name.indexOf(prefix, prefix.length()) >= 0
                && Channel.of(name.substring(prefix.length())).isGuarded();
    }

    private static Finding ofPrefix(String name, String prefix) {
        return Finding.warning(
                "redis.prefix-in-name",
                "The channel of \"" + Excerpt.of(name) + "\" has the prefix \"" + prefix + "\" in its own name, too",
                "Laravel takes it out wherever it stands, finds no such channel in routes/channels.php, and refuses it.",
                "give the channel another name, or change REDIS_PREFIX in Laravel and keyPrefix here");
    }
}

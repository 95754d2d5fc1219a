package dev.echoserver.config;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.echoserver.config.AskedKeys.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Finds all keys that a reader knows, by watching what it asks for: of an empty file, and of files in which a value that
 * may be an object or a list is one.
 */
final class Catalogue {
    private final Consumer<Section> reader;
    private final AskedKeys all = new AskedKeys();
    private final Set<String> tried = new HashSet<>();
    private final Deque<ObjectNode> files = new ArrayDeque<>();

    private Catalogue(Consumer<Section> reader) {
        this.reader = reader;
    }

    static AskedKeys of(Consumer<Section> reader) {
        Catalogue catalogue = new Catalogue(reader);
        catalogue.files.add(JsonText.emptyObject());
        while (!catalogue.files.isEmpty()) {
            catalogue.read(catalogue.files.remove());
        }
        return catalogue.all;
    }

    private void read(ObjectNode file) {
        AskedKeys asked = new AskedKeys();
        reader.accept(new Section(file, "$", new Findings(), asked));
        for (String key : asked.names()) {
            if (asked.kind(key).filter(Kind.ANY::equals).isPresent() && tried.add(key)) {
                files.add(ConfigTree.with(file, key, JsonText.emptyObject()));
                files.add(ConfigTree.with(
                        file, key, JsonNodeFactory.instance.arrayNode().add(JsonText.emptyObject())));
            }
        }
        all.addAll(asked);
    }
}

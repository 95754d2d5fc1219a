package dev.echoserver.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Lays everything that a configuration is made of over each other: the application's own settings, the file, variables
 * of {@code .env} files, variables of the process, flags. The last one wins.
 */
final class Layers {
    private static final String KEY_PREFIX = "databaseConfig.redis.keyPrefix";
    private static final String PREFIX_IN_TREE = "/" + KEY_PREFIX.replace('.', '/');

    private final ConfigInputs inputs;
    private final ObjectNode root;
    private final Origins origins;
    private final Findings findings;

    /** {@code root} is the tree of the file, which is changed. */
    Layers(ConfigInputs inputs, ObjectNode root, Origins origins, Findings findings) {
        this.inputs = inputs;
        this.root = root;
        this.origins = origins;
        this.findings = findings;
    }

    /** {@code catalogue} finds all known keys, which takes a while, so it is asked only if there is something to lay. */
    void lay(Supplier<AskedKeys> catalogue) {
        References references = new References(inputs.variables(), findings);
        references.expand("$", root);
        RedisText.unfold(root);
        keepOtherSubscriber();
        if (isNeeded()) {
            lay(catalogue.get(), references);
        }
    }

    private boolean isNeeded() {
        return inputs.file().isEmpty()
                || !inputs.flags().isEmpty()
                || isAuto(root.at(PREFIX_IN_TREE))
                || inputs.variables().layers().stream()
                        .flatMap(layer -> layer.values().keySet().stream())
                        .anyMatch(VariableNames::isOurs);
    }

    private void lay(AskedKeys known, References references) {
        Overlay overlay = new Overlay(root, known, origins, findings);
        if (inputs.file().isEmpty()) {
            inputs.laravel().forEach(overlay::put);
        }
        VariableNames names = new VariableNames(known.names());
        inputs.variables().layers().stream()
                .flatMap(layer -> names.assignments(layer, findings).stream())
                .map(references::expand)
                .filter(assignment -> !assignment.text().isEmpty())
                .forEach(assignment -> putVariable(assignment, overlay));
        inputs.flags().forEach(overlay::put);
        derivePrefix(overlay);
    }

    private static void putVariable(Assignment assignment, Overlay overlay) {
        if (Variables.isNothing(assignment.text())) {
            overlay.clear(assignment);
        } else {
            overlay.put(assignment);
        }
    }

    /** In a file one subscriber switches the other off; a variable or a flag says nothing about the other. */
    private void keepOtherSubscriber() {
        if (!root.hasNonNull("subscribers")) {
            ObjectNode both = root.putObject("subscribers").put("http", true).put("redis", true);
            both.properties()
                    .forEach(each -> origins.note("$.subscribers." + each.getKey(), each.getValue(), "default"));
        }
    }

    private void derivePrefix(Overlay overlay) {
        if (!isAuto(root.at(PREFIX_IN_TREE))) {
            return;
        }
        Optional<Assignment> prefix = inputs.laravel().stream()
                .filter(assignment -> assignment.key().equals(KEY_PREFIX))
                .findFirst();
        prefix.filter(known -> !known.text().equals(ConfigInputs.AUTO))
                .ifPresentOrElse(overlay::put, () -> missesPrefix(prefix.map(Assignment::source)));
    }

    private void missesPrefix(Optional<String> reason) {
        String path = "$." + KEY_PREFIX;
        if (reason.isEmpty()) {
            findings.problem(
                    path,
                    "is \"auto\", and there is no Laravel application beside the config file",
                    "Write what Laravel puts in front of its channels (REDIS_PREFIX); \"\" if nothing");
        } else if (inputs.file().isEmpty()) {
            findings.problemAt(KEY_PREFIX, "is not known: " + reason.get(), ConfigInputs.ASK_PHP);
        } else {
            findings.problem(path, "is \"auto\", and Laravel's is not known: " + reason.get(), ConfigInputs.ASK_PHP);
        }
    }

    private static boolean isAuto(JsonNode prefix) {
        return prefix.asText().equals(ConfigInputs.AUTO);
    }
}

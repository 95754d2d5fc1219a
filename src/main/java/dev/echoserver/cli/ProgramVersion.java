package dev.echoserver.cli;

import dev.echoserver.Version;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class ProgramVersion implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"echo-server " + Version.number()};
    }
}

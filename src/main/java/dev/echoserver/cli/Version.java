package dev.echoserver.cli;

import dev.echoserver.ProgramVersion;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"echo-server " + number()};
    }

    static String number() {
        return ProgramVersion.number();
    }
}

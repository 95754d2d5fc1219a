package dev.echoserver.config;

/**
 * The port for those who run the server: health, metrics, what is going on inside.
 *
 * @param host address to listen on; the default is this machine alone
 * @param port port to listen on; 0 means any free one
 * @param isAskedFor whether somebody has set one of them: then a server that cannot have it does not start
 */
public record ManagementConfig(String host, int port, boolean isAskedFor) {}

package dev.echoserver.config;

/**
 * A holder of credentials for the HTTP API.
 *
 * @param appId public name, as it stands in the path {@code /apps/<appId>/…}
 * @param key secret
 */
public record ApiClient(String appId, String key) {

    /** The app id; the key is left out. */
    @Override
    public String toString() {
        return "ApiClient[appId=" + appId + ", key=(hidden)]";
    }
}

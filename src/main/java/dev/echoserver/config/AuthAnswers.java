package dev.echoserver.config;

/** Which answers of the application with status 200 open a private channel: {@code authAnswers}. */
public enum AuthAnswers {
    /** Those in Laravel's own forms: {@code true}, {@code 1}, an object with {@code auth} or {@code channel_data}. */
    LARAVEL,
    /** Whatever is not {@code false}, {@code null}, {@code 0} or {@code ""}, an HTML page too: nearly as in laravel-echo-server. */
    ANY
}

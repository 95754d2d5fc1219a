package dev.echoserver.laravel;

import java.util.List;

/** What to write or to run against a trouble, each line as it stands; the log has no room for them. */
final class CureLines {
    private CureLines() {}

    /** Those for {@code trouble}; none if its cure says all. */
    static List<String> of(Trouble trouble) {
        return switch (trouble) {
            case NO_ROUTE ->
                List.of(
                        "see which ones there are: php artisan route:list --path=broadcasting",
                        "Laravel 11 and newer: php artisan install:broadcasting",
                        "before, in app/Providers/BroadcastServiceProvider.php: Broadcast::routes();");
            case NO_POST -> List.of("    \"authEndpoint\": \"/broadcasting/auth\"");
            case CSRF ->
                List.of(
                        "to exempt it, Laravel 11 and newer, in bootstrap/app.php:",
                        "    $middleware->validateCsrfTokens(except: ['broadcasting/auth']);",
                        "before, in app/Http/Middleware/VerifyCsrfToken.php:",
                        "    protected $except = ['broadcasting/auth'];");
            case MAINTENANCE ->
                List.of(
                        "before Laravel 11, in app/Http/Middleware/PreventRequestsDuringMaintenance.php:",
                        "    protected $except = ['broadcasting/auth'];");
            case CONNECTION, UNKNOWN_HOST -> List.of("    \"authHost\": \"https://app.example.com\"");
            case SERVER_ERROR ->
                List.of(
                        "see what it was:",
                        "    tail -n 50 storage/logs/laravel.log",
                        "the lines for 'connections' of config/broadcasting.php:",
                        "    'redis' => [",
                        "        'driver' => 'redis', 'connection' => 'default',",
                        "    ],");
            case NO_CONNECTION ->
                List.of(
                        "if there is no config/broadcasting.php: php artisan config:publish broadcasting",
                        "the lines for its 'connections':",
                        "    'redis' => [",
                        "        'driver' => 'redis', 'connection' => 'default',",
                        "    ],",
                        "then: php artisan config:clear");
            default -> List.of();
        };
    }
}

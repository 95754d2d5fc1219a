<?php

/**
 * A Laravel application in one file, for PHP's own web server: php -S 127.0.0.1:8000 laravel.php
 *
 * The framework is the one on PHP's include path (Debian: php-laravel-framework, version 8). What it writes goes below the
 * folder LARAVEL_STATE. Sanctum is not there, so FromFrontend and the guard "sanctum" stand in for its rule: a request whose
 * Referer, or else Origin, is one of the stateful domains (here this server itself, port included) has a session and must
 * show its CSRF token; whoever has no session may show a bearer token. A query chooses what the configuration would say:
 * ?broadcaster=log&prefix=app_&debug=1
 */

namespace App;

use Illuminate\Contracts\Auth\Authenticatable;
use Illuminate\Contracts\Auth\UserProvider;
use Illuminate\Foundation\Bootstrap;
use Illuminate\Routing\Pipeline;
use Illuminate\Support\Facades\Auth;
use Illuminate\Support\Facades\Broadcast;
use Illuminate\Support\Facades\Route;
use Illuminate\Support\Str;

require 'Illuminate/autoload.php';

const TOKEN = 'ann-token';

$state = getenv('LARAVEL_STATE');
foreach (['sessions', 'cache', 'storage/framework', 'storage/logs', 'bootstrap/cache'] as $folder) {
    is_dir("$state/$folder") || @mkdir("$state/$folder", 0777, true);
}

final class Ann extends \Illuminate\Auth\GenericUser
{
    public function __construct()
    {
        parent::__construct(['id' => 7, 'name' => 'Ann', 'password' => '', 'remember_token' => '']);
    }
}

final class Users implements UserProvider
{
    public function retrieveById($identifier)
    {
        return (int) $identifier === 7 ? new Ann() : null;
    }

    public function retrieveByToken($identifier, $token)
    {
        return null;
    }

    public function updateRememberToken(Authenticatable $user, $token)
    {
    }

    public function retrieveByCredentials(array $credentials)
    {
        return null;
    }

    public function validateCredentials(Authenticatable $user, array $credentials)
    {
        return false;
    }
}

/** What a stateful request goes through. */
const SESSION = [
    \Illuminate\Cookie\Middleware\EncryptCookies::class,
    \Illuminate\Cookie\Middleware\AddQueuedCookiesToResponse::class,
    \Illuminate\Session\Middleware\StartSession::class,
    \Illuminate\Foundation\Http\Middleware\VerifyCsrfToken::class,
];

/** Stands in for Sanctum's middleware. */
final class FromFrontend
{
    public function handle($request, $next)
    {
        $page = $request->headers->get('referer') ?: $request->headers->get('origin');
        $place = Str::finish(preg_replace('~^https?://~', '', (string) $page), '/');
        $isStateful = Str::startsWith($place, $_SERVER['HTTP_HOST'].'/');

        return (new Pipeline(app()))->send($request)->through($isStateful ? SESSION : [])->then($next);
    }
}

final class Authenticate extends \Illuminate\Auth\Middleware\Authenticate
{
    protected function redirectTo($request)
    {
        return $request->expectsJson() ? null : '/login';
    }
}

final class Configure
{
    public function bootstrap($app)
    {
        $app->detectEnvironment(fn () => 'production');
        $app->instance('config', new \Illuminate\Config\Repository(settings(getenv('LARAVEL_STATE'))));
    }
}

function settings(string $state): array
{
    return [
        'app' => [
            'name' => 'Laravel',
            'debug' => isset($_GET['debug']),
            'url' => 'http://localhost',
            'locale' => 'en',
            'key' => 'base64:'.base64_encode(str_repeat('k', 32)),
            'cipher' => 'AES-256-CBC',
            'providers' => [
                \Illuminate\Auth\AuthServiceProvider::class,
                \Illuminate\Broadcasting\BroadcastServiceProvider::class,
                \Illuminate\Bus\BusServiceProvider::class,
                \Illuminate\Cache\CacheServiceProvider::class,
                \Illuminate\Cookie\CookieServiceProvider::class,
                \Illuminate\Encryption\EncryptionServiceProvider::class,
                \Illuminate\Filesystem\FilesystemServiceProvider::class,
                \Illuminate\Foundation\Providers\FoundationServiceProvider::class,
                \Illuminate\Hashing\HashServiceProvider::class,
                \Illuminate\Redis\RedisServiceProvider::class,
                \Illuminate\Session\SessionServiceProvider::class,
                \Illuminate\Translation\TranslationServiceProvider::class,
                \Illuminate\View\ViewServiceProvider::class,
                Routes::class,
            ],
            'aliases' => [],
        ],
        'auth' => [
            'defaults' => ['guard' => 'web'],
            'guards' => [
                'web' => ['driver' => 'session', 'provider' => 'users'],
                'sanctum' => ['driver' => 'sanctum', 'provider' => 'users'],
            ],
            'providers' => ['users' => ['driver' => 'users']],
        ],
        'broadcasting' => [
            'default' => $_GET['broadcaster'] ?? 'redis',
            'connections' => [
                'redis' => ['driver' => 'redis', 'connection' => 'default'],
                'log' => ['driver' => 'log'],
                'null' => ['driver' => 'null'],
            ],
        ],
        'cache' => [
            'default' => 'file',
            'stores' => ['file' => ['driver' => 'file', 'path' => "$state/cache"]],
            'prefix' => '',
        ],
        'database' => ['redis' => ['client' => 'phpredis', 'options' => ['prefix' => $_GET['prefix'] ?? '']]],
        'filesystems' => ['default' => 'local', 'disks' => []],
        'hashing' => ['driver' => 'bcrypt'],
        'logging' => [
            'default' => 'single',
            'channels' => ['single' => ['driver' => 'single', 'path' => "$state/storage/logs/laravel.log"]],
        ],
        'session' => [
            'driver' => 'file',
            'files' => "$state/sessions",
            'cookie' => 'laravel_session',
            'lifetime' => 120,
            'expire_on_close' => false,
            'encrypt' => false,
            'lottery' => [0, 100],
            'path' => '/',
            'domain' => null,
            'secure' => false,
            'http_only' => true,
            'same_site' => 'lax',
        ],
        'view' => ['paths' => [], 'compiled' => "$state/cache"],
    ];
}

final class Kernel extends \Illuminate\Foundation\Http\Kernel
{
    protected $bootstrappers = [
        Configure::class,
        Bootstrap\HandleExceptions::class,
        Bootstrap\RegisterFacades::class,
        Bootstrap\RegisterProviders::class,
        Bootstrap\BootProviders::class,
    ];

    protected $middleware = [\Illuminate\Foundation\Http\Middleware\PreventRequestsDuringMaintenance::class];

    protected $middlewareGroups = ['web' => SESSION, 'api' => [FromFrontend::class]];

    protected $routeMiddleware = [
        'auth' => Authenticate::class,
        'throttle' => \Illuminate\Routing\Middleware\ThrottleRequests::class,
    ];
}

final class Routes extends \Illuminate\Support\ServiceProvider
{
    public function boot()
    {
        Auth::provider('users', fn () => new Users());
        Auth::viaRequest('sanctum', fn ($request) => Auth::guard('web')->user()
            ?? ($request->bearerToken() === TOKEN ? new Ann() : null));

        Route::middleware('web')->get('/login', function () {
            Auth::guard('web')->login(new Ann());

            return 'logged in';
        });
        Broadcast::routes(['middleware' => ['api', 'auth:sanctum']]);
        Broadcast::routes(['prefix' => 'throttled', 'middleware' => ['throttle:1,1', 'api', 'auth:sanctum']]);
        // What Laravel 11 and newer throw, whose configuration has no connection called redis.
        Route::post('/undefined/broadcasting/auth', function () {
            throw new \InvalidArgumentException('Broadcast connection [redis] is not defined.');
        });

        $guard = ['guards' => ['sanctum']];
        Broadcast::channel('orders', fn ($user) => true, $guard);
        Broadcast::channel('app_stock', fn ($user) => true, $guard);
        Broadcast::channel('room', fn ($user) => ['name' => $user->name], $guard);
        Broadcast::channel('careless', fn ($user) => true, $guard);
    }
}

$app = new \Illuminate\Foundation\Application($state);
$app->singleton(\Illuminate\Contracts\Http\Kernel::class, Kernel::class);
$app->singleton(\Illuminate\Contracts\Debug\ExceptionHandler::class, \Illuminate\Foundation\Exceptions\Handler::class);
$kernel = $app->make(\Illuminate\Contracts\Http\Kernel::class);
$request = \Illuminate\Http\Request::capture();
$response = $kernel->handle($request);
$response->send();
$kernel->terminate($request, $response);

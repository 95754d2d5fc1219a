#!/usr/bin/env bash
# Laravel's redis broadcaster publishes an empty message for an event that json_encode() refuses, without an error.
#
# Seen with: php-laravel-framework 8.83.26+dfsg-2 on PHP 8.2 (Debian 12).
# Behaviour: RedisBroadcaster::broadcast() hands the result of json_encode() to Redis unlooked at. For a text that is not
#   UTF-8, for NAN and for INF that is false, which travels as a message of 0 bytes. broadcast() returns as usual. So the
#   event is gone: no exception, nothing in laravel.log, no failed job.
# Output:
#   plain text                 -> 92 bytes
#   text that is not UTF-8     -> 0 bytes
#   NAN                        -> 0 bytes
# Needs: Debian's php-cli and php-laravel-framework (installed if it may). Exits with 1 if Laravel behaves otherwise.
set -euo pipefail

if [ ! -f /usr/share/php/Illuminate/autoload.php ]; then
    apt-get install -y -qq --no-install-recommends php-cli php-laravel-framework >/dev/null
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cat > "$folder/event.php" <<'PHP'
<?php
require 'Illuminate/autoload.php';

use Illuminate\Broadcasting\Broadcasters\RedisBroadcaster;
use Illuminate\Contracts\Redis\Factory;

/** A connection to Redis that shows what it is to publish. */
final class Shown implements Factory
{
    public function connection($name = null)
    {
        return $this;
    }

    public function eval($script, $keys, $payload, ...$channels)
    {
        printf("%d bytes\n", strlen((string) $payload)); // As phpredis and predis put it on the wire.
    }
}

$broadcaster = new RedisBroadcaster(new Shown());
$values = ['plain text' => 'Gruesse', 'text that is not UTF-8' => "Gr\xfc\xdfe", 'NAN' => NAN];
foreach ($values as $name => $value) {
    printf('%-26s -> ', $name);
    $broadcaster->broadcast(['orders'], 'App\Events\OrderShipped', ['value' => $value, 'socket' => null]);
}
PHP

said=$(php "$folder/event.php")
printf '%s\n' "$said"
[ "$(grep -c -- '-> 0 bytes$' <<< "$said")" = 2 ] && grep -Eq '^plain text +-> [1-9][0-9]* bytes$' <<< "$said"

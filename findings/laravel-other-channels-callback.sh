#!/usr/bin/env bash
# Laravel's redis broadcaster asks the callback of another channel when the prefix of Redis stands inside a channel's name.
#
# Seen with: php-laravel-framework 8.83.26+dfsg-2 on PHP 8.2 (Debian 12).
# Behaviour: RedisBroadcaster::auth() takes the prefix out wherever it stands in the name, not only in front. With the prefix
#   "app_" the channel private-app_orders is authorized by the callback of "orders", and never by its own. An application
#   that has both lets whoever may hear "orders" hear "app_orders", too; one that has only "app_orders" refuses everybody.
# Output:
#   private-app_orders, callbacks app_orders and orders: orders is asked
#   private-app_orders, callback app_orders: refused
# Needs: Debian's php-cli and php-laravel-framework (installed if it may). Exits with 1 if Laravel behaves otherwise.
set -euo pipefail

if [ ! -f /usr/share/php/Illuminate/autoload.php ]; then
    apt-get install -y -qq --no-install-recommends php-cli php-laravel-framework >/dev/null
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cat > "$folder/channel.php" <<'PHP'
<?php
require 'Illuminate/autoload.php';

use Illuminate\Auth\GenericUser;
use Illuminate\Broadcasting\Broadcasters\RedisBroadcaster;
use Illuminate\Contracts\Redis\Factory;
use Illuminate\Http\Request;
use Symfony\Component\HttpKernel\Exception\AccessDeniedHttpException;

final class NoRedis implements Factory
{
    public function connection($name = null)
    {
        return $this;
    }
}

function ask(string ...$callbacks): string
{
    $asked = 'nobody';
    $broadcaster = new RedisBroadcaster(new NoRedis(), null, 'app_');
    foreach ($callbacks as $name) {
        $broadcaster->channel($name, function () use ($name, &$asked) {
            $asked = $name;

            return true;
        });
    }
    $request = Request::create('/broadcasting/auth', 'POST', ['channel_name' => 'private-app_orders']);
    $request->setUserResolver(fn () => new GenericUser(['id' => 1]));
    try {
        $broadcaster->auth($request);

        return "$asked is asked";
    } catch (AccessDeniedHttpException $refused) {
        return 'refused';
    }
}

echo 'private-app_orders, callbacks app_orders and orders: ', ask('app_orders', 'orders'), "\n";
echo 'private-app_orders, callback app_orders: ', ask('app_orders'), "\n";
PHP

said=$(php "$folder/channel.php")
printf '%s\n' "$said"
grep -q 'and orders: orders is asked$' <<< "$said" && grep -q 'callback app_orders: refused$' <<< "$said"

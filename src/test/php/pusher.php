<?php

/**
 * Posts an event as pusher-http-php does, whose documentation says how to sign it:
 *
 *     php pusher.php <base URL> <app id> <key> <secret> <path below the app> <body>
 *
 * Prints the status and the answer.
 */

[, $base, $appId, $key, $secret, $what, $body] = $argv;
$path = "/apps/$appId/$what";
$query = [
    'auth_key' => $key,
    'auth_timestamp' => (string) time(),
    'auth_version' => '1.0',
    'body_md5' => md5($body),
];
ksort($query);
$pairs = [];
foreach ($query as $name => $value) {
    $pairs[] = "$name=$value";
}
$query['auth_signature'] = hash_hmac('sha256', "POST\n$path\n" . implode('&', $pairs), $secret);

$answer = file_get_contents("$base$path?" . http_build_query($query), false, stream_context_create([
    'http' => [
        'method' => 'POST',
        'header' => "Content-Type: application/json\r\nX-Pusher-Library: pusher-http-php 7.2.7\r\n",
        'content' => $body,
        'ignore_errors' => true,
        'timeout' => 10,
    ],
]));
preg_match('~^HTTP/\S+ (\d+)~', $http_response_header[0], $status);
echo "$status[1] $answer\n";

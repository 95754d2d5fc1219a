<?php

/*
 * Asks Laravel's own code. Reads JSON from stdin: {"slugs": [text], "envs": [text of a .env], "folders": [path]}, and prints
 * what it says: for each text both slugs, for each .env its variables, for each folder the Redis prefix, null if none.
 */

require '/usr/share/php/Illuminate/Support/autoload.php';
require '/usr/share/php/Dotenv/autoload.php';

use Dotenv\Dotenv;
use Dotenv\Repository\Adapter\ArrayAdapter;
use Dotenv\Repository\RepositoryBuilder;
use Illuminate\Support\Env;
use Illuminate\Support\Str;

function prefix(string $folder): ?string
{
    if (is_file("$folder/bootstrap/cache/config.php")) {
        return (require "$folder/bootstrap/cache/config.php")['database']['redis']['options']['prefix'] ?? null;
    }
    $repository = RepositoryBuilder::createWithNoAdapters()->addAdapter(ArrayAdapter::class)->immutable()->make();
    Dotenv::create($repository, $folder)->safeLoad();
    (new ReflectionProperty(Env::class, 'repository'))->setValue(null, $repository);

    return (require "$folder/config/database.php")['redis']['options']['prefix'] ?? null;
}

$asked = json_decode(stream_get_contents(STDIN), true);
echo json_encode([
    'slugs' => array_map(fn ($text) => [Str::slug($text, '_'), Str::slug($text, '-')], $asked['slugs'] ?? []),
    'envs' => array_map(fn ($text) => (object) Dotenv::parse($text), $asked['envs'] ?? []),
    'folders' => array_map('prefix', $asked['folders'] ?? []),
], JSON_THROW_ON_ERROR);

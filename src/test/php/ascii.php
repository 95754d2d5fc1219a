<?php

/*
 * Prints what Laravel's Str::ascii makes of texts that are not ASCII, for src/main/resources/dev/echoserver/php/ascii.txt:
 * in each line a replacement, a tab, and what it replaces: code points in hexadecimal, those of one text joined by "+".
 * Up to three code points stand for one replacement; Laravel asks for no more where the language is "en".
 */

require '/usr/share/php/voku/helper/autoload.php';

use voku\helper\ASCII;

$map = array_merge(ASCII::charsArrayWithSingleLanguageValues(false, false), ASCII::charsArrayWithOneLanguage('en', false, false));
$lines = [];
foreach ($map as $text => $replacement) {
    $points = array_map('mb_ord', mb_str_split((string) $text));
    if (count($points) <= 3 && max($points) > 0x7e) {
        $lines[$replacement][] = implode('+', array_map(fn ($point) => sprintf('%X', $point), $points));
    }
}
ksort($lines, SORT_STRING);
foreach ($lines as $replacement => $texts) {
    sort($texts, SORT_STRING);
    echo $replacement, "\t", implode(' ', $texts), "\n";
}

/** What is wrong with `received`, compared with `expected`; both are lists of texts, in order. */
export function compare(expected, received) {
    const open = countsOf(expected);
    const known = new Set(expected);
    const result = { lost: 0, doubled: 0, unknown: 0, disordered: 0, example: undefined };
    const common = [];
    for (const text of received) {
        const left = open.get(text) ?? 0;
        if (left > 0) {
            open.set(text, left - 1);
            common.push(text);
        } else {
            result[known.has(text) ? 'doubled' : 'unknown']++;
            result.example ??= text;
        }
    }
    const missing = new Map([...open].filter(([, count]) => count > 0));
    missing.forEach((count, text) => {
        result.lost += count;
        result.example ??= text;
    });
    const inOrder = expected.filter((text) => !takeOne(missing, text));
    common.forEach((text, at) => {
        if (text !== inOrder[at]) {
            result.disordered++;
            result.example ??= text;
        }
    });
    return result;
}

function countsOf(texts) {
    const counts = new Map();
    texts.forEach((text) => counts.set(text, (counts.get(text) ?? 0) + 1));
    return counts;
}

function takeOne(counts, text) {
    const left = counts.get(text) ?? 0;
    counts.set(text, left - 1);
    return left > 0;
}

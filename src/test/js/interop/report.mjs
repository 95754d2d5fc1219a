import { within } from './expect.mjs';

const CHECK_MS = 30_000;

/**
 * Runs `checks` one after the other, printing `ok name ms` or `FAIL name reason` for each. After a failed first check
 * (the plain connection) the others are reported as failed without being run.
 *
 * @returns how many passed and failed
 */
export async function run(cell, checks, print) {
    const total = { passed: 0, failed: 0 };
    for (const check of checks) {
        const hopeless = total.failed > 0 && total.passed === 0;
        const failure = hopeless ? 'not run: no connection' : await attempt(cell, check, print);
        if (failure !== undefined) {
            print(`FAIL ${check.name} ${failure}`);
            total.failed++;
        } else {
            total.passed++;
        }
    }
    return total;
}

/** Prints `N passed, M failed` over all `totals`; returns the exit code: 0 if something passed and nothing failed. */
export function summary(totals, print) {
    const sum = (key) => totals.reduce((total, each) => total + each[key], 0);
    print(`${sum('passed')} passed, ${sum('failed')} failed`);
    return sum('passed') > 0 && sum('failed') === 0 ? 0 : 1;
}

async function attempt(cell, check, print) {
    const started = performance.now();
    try {
        await within(CHECK_MS, `check ${check.name}`, (resolve, reject) => check(cell).then(resolve, reject));
        print(`ok ${check.name} ${Math.round(performance.now() - started)}`);
        return undefined;
    } catch (error) {
        return [...new Set([error.message, ...cell.takeTrace()])].join('; ').replaceAll(/\s+/g, ' ');
    } finally {
        cell.closeAll();
        cell.takeTrace();
    }
}

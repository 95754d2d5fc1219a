// Fails if something that is listed in the files has a known advisory. Arguments: bills of materials (CycloneDX) and
// npm's lock files. The advisories are in advisories.json; there is no database of them that a build could ask everywhere.
import { readFileSync } from 'node:fs';

const { advisories, accepted } = JSON.parse(readFileSync(new URL('advisories.json', import.meta.url)));

// 4.2.18.Final and 3.3.6 as [4, 2, 18] and [3, 3, 6]
const numbers = (version) => version.split(/[.+-]/).filter((part) => /^\d+$/.test(part)).map(Number);

function compare(one, other) {
    const [a, b] = [numbers(one), numbers(other)];
    for (let i = 0; i < Math.max(a.length, b.length); i++) {
        const difference = (a[i] ?? 0) - (b[i] ?? 0);
        if (difference !== 0) {
            return difference;
        }
    }
    return 0;
}

// A range is ">=4.2.0 <4.2.15".
const isIn = (version, range) =>
    range.split(' ').every((bound) =>
        bound.startsWith('>=') ? compare(version, bound.slice(2)) >= 0 : compare(version, bound.slice(1)) < 0);

function componentsOf(file) {
    const { components, packages } = JSON.parse(readFileSync(file));
    if (components) {
        return components.map(({ purl, version }) => ({ name: purl.replace(/@[^@]*$/, ''), version }));
    }
    return Object.entries(packages).filter(([path]) => path !== '').map(([path, { name, version, integrity }]) => {
        if (!integrity) {
            throw new Error(`${file}: ${path} has no checksum. Delete the file and run npm install.`);
        }
        const alias = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
        return { name: `pkg:npm/${(name ?? alias).replace('@', '%40')}`, version };
    });
}

let checked = 0;
const found = new Set();
for (const file of process.argv.slice(2)) {
    for (const { name, version } of componentsOf(file)) {
        checked++;
        for (const { id, packages, affected } of advisories) {
            const isMeant = packages.includes(name) || packages.includes(name.replace(/[^/]*$/, '*'));
            if (isMeant && affected.some((range) => isIn(version, range)) && !accepted[`${name}@${version}`]) {
                found.add(`${name} ${version} in ${file}: ${id}, affected: ${affected.join(' or ')}`);
            }
        }
    }
}
console.log(`audit: ${checked} components, ${advisories.length} advisories`);
found.forEach((line) => console.error(line));
process.exit(found.size > 0 ? 1 : 0);

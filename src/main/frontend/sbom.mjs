// Adds what browsers get from this server to the bill of materials that Maven has written, so that there is one of all.
import { readFileSync, writeFileSync } from 'node:fs';

const [bomFile, lockFile] = process.argv.slice(2);
const bom = JSON.parse(readFileSync(bomFile));
const packages = JSON.parse(readFileSync(lockFile)).packages;
const direct = Object.keys(packages[''].dependencies).map((name) => `node_modules/${name}`);
const nameOf = (path) => packages[path].name ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
const purlOf = (path) => `pkg:npm/${nameOf(path).replace('@', '%40')}@${packages[path].version}`;
const sha512Of = (integrity) => Buffer.from(integrity.replace('sha512-', ''), 'base64').toString('hex');

const components = new Map();
for (const path of Object.keys(packages).filter((path) => path !== '')) {
    const { version, integrity, license } = packages[path];
    components.set(purlOf(path), {
        type: 'library',
        'bom-ref': purlOf(path),
        name: nameOf(path),
        version,
        hashes: [{ alg: 'SHA-512', content: sha512Of(integrity) }],
        ...(license && { licenses: [{ expression: license }] }),
        purl: purlOf(path),
    });
}
bom.components.push(...components.values());
const root = bom.dependencies.find(({ ref }) => ref === bom.metadata.component['bom-ref']);
root.dependsOn.push(...direct.map(purlOf));
writeFileSync(bomFile, `${JSON.stringify(bom, null, 2)}\n`);

// list-npm-packages.mjs PAGE BILL LICENCES ALLOWED: adds what the page takes from npm to the bill of
// materials and to the folder of licences, which Maven has made of the Java libraries. Fails on a
// licence that is not in ALLOWED, names with bars between them.
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [page, billFile, licences, allowed] = process.argv.slice(2);
if (!existsSync(billFile)) {
  console.log('There is no bill of materials to add to: Maven makes none when it is offline.');
  process.exit();
}
const read = (file) => JSON.parse(readFileSync(file, 'utf8'));

const bill = read(billFile);
const program = bill.dependencies.find(({ ref }) => ref === bill.metadata.component['bom-ref']);
const lines = [];
for (const [path, { integrity }] of Object.entries(
  read(join(page, 'package-lock.json')).packages,
)) {
  if (path === '') continue; // the page itself
  const { name, version, description, license } = read(join(page, path, 'package.json'));
  if (!allowed.split('|').includes(license)) {
    throw new Error(`${name} is under ${license}, which pom.xml does not allow`);
  }
  const [scope, bare] = name.startsWith('@') ? name.split('/') : [undefined, name];
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
  // Offline, the bill is that of an earlier build.
  if (!bill.components.some((each) => each.purl === purl)) {
    bill.components.push({
      type: 'library',
      'bom-ref': purl,
      group: scope,
      name: bare,
      version,
      description,
      scope: 'required',
      hashes: [
        {
          alg: 'SHA-512',
          content: Buffer.from(integrity.slice('sha512-'.length), 'base64').toString('hex'),
        },
      ],
      licenses: [{ license: { id: license } }],
      purl,
    });
    bill.dependencies.push({ ref: purl, dependsOn: [] });
    program.dependsOn.push(purl);
  }
  const notices = join(licences, `${bare}-${version}-npm`);
  mkdirSync(notices, { recursive: true });
  copyFileSync(join(page, path, 'LICENSE'), join(notices, 'LICENSE'));
  lines.push(`     (${license}) ${name} (${purl})\n`);
}
writeFileSync(billFile, JSON.stringify(bill, null, 2) + '\n');
const list = join(licences, 'THIRD-PARTY.txt');
writeFileSync(list, readFileSync(list, 'utf8') + `\nFrom npm, for the page:\n${lines.join('')}`);

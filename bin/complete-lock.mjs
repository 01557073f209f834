// Some registries do not carry every platform's optional package; npm then leaves them out of the lock file, and
// `npm ci` refuses it everywhere. This puts the missing names back, so that each platform can fetch its own.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { home } from './prepare.mjs';

const file = join(home, 'package-lock.json');
const before = readFileSync(file, 'utf8');
const lock = JSON.parse(before);

const systems = ['darwin', 'linux', 'win32', 'android', 'freebsd', 'openharmony', 'sunos', 'netbsd', 'openbsd', 'aix'];
const processors = ['arm64', 'x64', 'ia32', 'arm', 'ppc64', 'riscv64', 's390x', 'loong64', 'mips64el', 'wasm32'];

/** os, cpu and libc as the name of a platform package tells them: @x/binding-linux-arm-gnueabihf. */
const platformOf = (name) => {
  const parts = name.split('/').at(-1).split('-');
  const os = systems.find((each) => parts.includes(each));
  const cpu = processors.find((each) => parts.includes(each));
  const libc = parts.some((each) => each.startsWith('musl')) ? 'musl' : parts.some((each) => each.startsWith('gnu')) ? 'glibc' : undefined;
  return { ...(os && { os: [os] }), ...(cpu && { cpu: [cpu] }), ...(libc && os === 'linux' && { libc: [libc] }) };
};

for (const { optionalDependencies = {}, dev } of Object.values({ ...lock.packages }))
  for (const [name, version] of Object.entries(optionalDependencies))
    lock.packages[`node_modules/${name}`] ??= { version, ...platformOf(name), ...(dev && { dev }), optional: true };

const sorted = Object.fromEntries(Object.entries(lock.packages).toSorted(([one], [other]) => (one < other ? -1 : 1)));
const after = `${JSON.stringify({ ...lock, packages: sorted }, null, 2)}\n`;
if (process.argv.includes('--check')) {
  if (after !== before) {
    process.stderr.write('package-lock.json lacks packages of other platforms. Run "node bin/complete-lock.mjs".\n');
    process.exit(1);
  }
} else if (after !== before) writeFileSync(file, after);
